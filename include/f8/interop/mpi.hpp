// Sums over the ranks of an MPI communicator, sent as fp8: gradients, for instance, as e5m2.
//
//     std::vector<f8::e5m2> gradients(n);
//     f8::allreduce_sum(gradients.data(), gradients.data(), n, MPI_COMM_WORLD);
//
// MPI has no FP8 type. An MPI_Op of one's own would have to round after each pair of numbers, in an
// order that MPI chooses; here each rank adds up its part of the array in float, in the order of
// the ranks, and rounds once. So all ranks get the same bits, in every run and on every CPU, and
// the network carries 2 (p - 1) n bytes for p ranks and n numbers: a quarter of what a sum of
// floats takes at least.
#ifndef F8_INTEROP_MPI_HPP
#define F8_INTEROP_MPI_HPP

#include <mpi.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "../arithmetic.hpp"
#include "../convert.hpp"

namespace f8 {

/// The datatype to send and receive an 8-bit type with, one for each number: MPI_BYTE, as MPI has
/// no FP8 type and nothing is to change on the way. MPI refuses sums of it.
template <class T>
MPI_Datatype mpi_datatype() noexcept {
  static_assert(sizeof(T) == 1, "f8: one byte for each number");
  return MPI_BYTE;
}

namespace detail {

/// How an array of at most `largest` numbers is dealt out to the ranks: as evenly as it can be.
struct mpi_parts {
  static constexpr std::size_t largest = std::size_t{1} << 22;  // bounds memory; fits an int

  mpi_parts(std::size_t n, int ranks) : sizes(static_cast<std::size_t>(ranks)), begins(sizes) {
    for (std::size_t r = 0, begin = 0; r < sizes.size(); ++r) {
      const std::size_t size = n / sizes.size() + (r < n % sizes.size() ? 1 : 0);
      sizes[r] = static_cast<int>(size);
      begins[r] = static_cast<int>(begin);
      begin += size;
    }
  }

  std::vector<int> sizes;
  std::vector<int> begins;
};

/// allreduce_sum for at most mpi_parts::largest numbers.
template <class T>
int allreduce_sum_of_piece(const T* in, T* out, std::size_t n, MPI_Comm comm, int ranks, int rank) {
  const MPI_Datatype type = mpi_datatype<T>();
  const mpi_parts parts(n, ranks);
  const int mine = parts.sizes[static_cast<std::size_t>(rank)];
  const auto size = static_cast<std::size_t>(mine);
  const std::vector<int> each_mine(parts.sizes.size(), mine);
  std::vector<int> one_after_another(parts.sizes.size());
  for (std::size_t r = 0; r < parts.sizes.size(); ++r)
    one_after_another[r] = static_cast<int>(r) * mine;

  std::vector<T> summands(size * parts.sizes.size());
  int error = MPI_Alltoallv(in, parts.sizes.data(), parts.begins.data(), type, summands.data(),
                            each_mine.data(), one_after_another.data(), type, comm);
  if (error != MPI_SUCCESS) return error;

  std::vector<float> sums(size, -0.0F);  // to which any number can be added and be itself
  for (std::size_t r = 0; r < parts.sizes.size(); ++r)
    axpy(1.0F, summands.data() + r * size, sums.data(), size);
  convert(sums.data(), summands.data(), size);
  return MPI_Allgatherv(summands.data(), mine, type, out, parts.sizes.data(), parts.begins.data(),
                        type, comm);
}

}  // namespace detail

/// out[i] = cast<T>(in[i] of rank 0 + in[i] of rank 1 + ...), for i < n, on every rank of `comm`:
/// added as floats from left to right, each sum rounded to float, and the last one to T.
///
/// Collective: every rank calls it with the same n. `out` may be `in`; otherwise they may not
/// overlap. Infinities and NaNs are IEEE 754's (Inf - Inf is NaN); the cast rounds to nearest even
/// and saturates, so what is too large or infinite becomes the largest number, of a format with
/// infinities too; -0 is the sum of numbers that all are -0.
///
/// Returns MPI_SUCCESS or the first error of MPI's, where the communicator's error handler returns:
/// `out` is then not specified. Takes at most 4 MiB of memory, and 16 MiB divided by the number of
/// ranks; throws std::bad_alloc.
template <class T>
int allreduce_sum(const T* in, T* out, std::size_t n, MPI_Comm comm) {
  int ranks = 0, rank = 0;
  int error = MPI_Comm_size(comm, &ranks);
  if (error == MPI_SUCCESS) error = MPI_Comm_rank(comm, &rank);
  for (std::size_t i = 0; i < n && error == MPI_SUCCESS; i += detail::mpi_parts::largest) {
    const std::size_t size = (std::min)(n - i, detail::mpi_parts::largest);
    error = detail::allreduce_sum_of_piece(in + i, out + i, size, comm, ranks, rank);
  }
  return error;
}

}  // namespace f8

#endif
