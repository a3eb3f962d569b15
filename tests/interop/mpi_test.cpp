// Sums over MPI's ranks, each rank a process: every rank runs these tests, and all have to pass.
//
// No test ends early on one rank alone, which would leave the others waiting.
#include "f8/interop/mpi.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/operands.hpp"

namespace {

/// Bytes that this rank has sent to others, as MPI was told.
std::size_t bytes_sent = 0;

/// Calls that MPI answers before it fails.
int calls_left = INT_MAX;

bool fails() {
  return calls_left-- <= 0;
}

std::size_t size_of(MPI_Datatype type) {
  int size = 0;
  MPI_Type_size(type, &size);
  return static_cast<std::size_t>(size);
}

}  // namespace

// MPI's profiling interface: a program may define the functions, and call them by another name.
extern "C" int MPI_Alltoallv(const void* in, const int* in_sizes, const int* in_begins,
                             MPI_Datatype in_type, void* out, const int* out_sizes,
                             const int* out_begins, MPI_Datatype out_type, MPI_Comm comm) {
  if (fails()) return MPI_ERR_OTHER;
  int ranks = 0, rank = 0;
  MPI_Comm_size(comm, &ranks);
  MPI_Comm_rank(comm, &rank);
  for (int r = 0; r < ranks; ++r)
    if (r != rank) bytes_sent += static_cast<std::size_t>(in_sizes[r]) * size_of(in_type);
  return PMPI_Alltoallv(in, in_sizes, in_begins, in_type, out, out_sizes, out_begins, out_type,
                        comm);
}

extern "C" int MPI_Allgatherv(const void* in, int in_size, MPI_Datatype in_type, void* out,
                              const int* out_sizes, const int* out_begins, MPI_Datatype out_type,
                              MPI_Comm comm) {
  if (fails()) return MPI_ERR_OTHER;
  int ranks = 0;
  MPI_Comm_size(comm, &ranks);
  bytes_sent +=
      static_cast<std::size_t>(ranks - 1) * static_cast<std::size_t>(in_size) * size_of(in_type);
  return PMPI_Allgatherv(in, in_size, in_type, out, out_sizes, out_begins, out_type, comm);
}

namespace {

using kernel_test::are_codes;
using kernel_test::numbers;
using kernel_test::operand;

/// The first ranks of all.
class communicator {
 public:
  explicit communicator(int first) : ranks(first) {
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_split(MPI_COMM_WORLD, rank < ranks ? 0 : MPI_UNDEFINED, rank, &comm);
  }
  ~communicator() {
    if (is_mine()) MPI_Comm_free(&comm);
  }
  communicator(const communicator&) = delete;
  communicator& operator=(const communicator&) = delete;

  bool is_mine() const { return rank < ranks; }

  int ranks;
  int rank = 0;
  MPI_Comm comm = MPI_COMM_NULL;
};

/// The operands of the sum: what each of the ranks contributes, n numbers.
template <class T>
std::vector<operand<T>> summands(int ranks, std::size_t n, numbers kind) {
  std::vector<operand<T>> all;
  for (int r = 0; r < ranks; ++r) all.emplace_back(n, kind, static_cast<unsigned>(r) + 1);
  return all;
}

template <class T>
std::vector<std::uint64_t> expected_sums(const std::vector<operand<T>>& all) {
  std::vector<std::uint64_t> codes;
  for (std::size_t i = 0; i < all[0].floats.size(); ++i) {
    float sum = -0.0F;
    for (const operand<T>& one : all) sum = reference::fused_multiply_add(1.0F, one.floats[i], sum);
    codes.push_back(reference::expected_cast<T>(sum));
  }
  return codes;
}

template <class T>
void expect_sums(const communicator& group, std::size_t n, numbers kind) {
  if (!group.is_mine()) return;
  const std::vector<operand<T>> all = summands<T>(group.ranks, n, kind);
  const std::vector<std::uint64_t> expected = expected_sums(all);
  const std::vector<T>& mine = all[static_cast<std::size_t>(group.rank)].values;
  std::vector<T> out(n), in_place = mine;
  EXPECT_EQ(f8::allreduce_sum(mine.data(), out.data(), n, group.comm), MPI_SUCCESS);
  EXPECT_EQ(f8::allreduce_sum(in_place.data(), in_place.data(), n, group.comm), MPI_SUCCESS);
  EXPECT_TRUE(are_codes(out.data(), expected)) << group.ranks << " ranks, rank " << group.rank;
  EXPECT_TRUE(are_codes(in_place.data(), expected)) << group.ranks << " ranks, in place";
}

template <class T>
class Mpi : public testing::Test {};
TYPED_TEST_SUITE(Mpi, reference::alias_types, reference::format_names);

TYPED_TEST(Mpi, SumsOfEveryLengthByEveryNumberOfRanks) {
  for (int ranks = 1; ranks <= 4; ++ranks) {
    const communicator group(ranks);
    for (std::size_t n = 0; n <= 70; ++n) expect_sums<TypeParam>(group, n, numbers::any);
  }
}

TYPED_TEST(Mpi, SumsOfManyNumbers) {
  const communicator all(4);
  expect_sums<TypeParam>(all, 100'001, numbers::any);
  expect_sums<TypeParam>(all, 100'002, numbers::ordinary);
}

/// Every code beside every other, on two ranks: infinities of both signs, NaNs, and both zeros.
TYPED_TEST(Mpi, SumsOfEveryPair) {
  const communicator two(2);
  if (!two.is_mine()) return;
  std::vector<TypeParam> pairs[2];
  std::vector<std::uint64_t> expected;
  const reference::format format = reference::format_of<TypeParam>;
  for (std::uint64_t code = 0; code < 65536; ++code) {
    pairs[0].push_back(reference::value_of<TypeParam>(code & 255));
    pairs[1].push_back(reference::value_of<TypeParam>(code >> 8));
    const float sum =
        reference::fused_multiply_add(1.0F, static_cast<float>(reference::value(format, code >> 8)),
                                      static_cast<float>(reference::value(format, code & 255)));
    expected.push_back(reference::expected_cast<TypeParam>(sum));
  }
  std::vector<TypeParam>& mine = pairs[two.rank];
  EXPECT_EQ(f8::allreduce_sum(mine.data(), mine.data(), mine.size(), two.comm), MPI_SUCCESS);
  EXPECT_TRUE(are_codes(mine.data(), expected));
}

/// More than one piece: the sum of three numbers and a half, from the first to the last.
TEST(MpiPieces, AreAddedUpToTheLast) {
  const communicator all(4);
  const std::size_t n = f8::detail::mpi_parts::largest + 5;
  std::vector<f8::e5m2> x(n, f8::e5m2(all.rank == 2 ? 0.5F : 1.0F));
  EXPECT_EQ(f8::allreduce_sum(x.data(), x.data(), n, all.comm), MPI_SUCCESS);
  EXPECT_EQ(std::count(x.begin(), x.end(), f8::e5m2(3.5F)), static_cast<std::ptrdiff_t>(n));
}

/// An all-reduce of gradients as e5m2: two bytes for each number and each rank but one. Of floats
/// it takes four times as many at least (two passes round a ring).
TEST(MpiBytes, OnTheWireAreAQuarterOfTheFloats) {
  const communicator all(4);
  const std::size_t n = 1'000'003;
  std::vector<f8::e5m2> gradients(n, f8::e5m2(0.25F));
  bytes_sent = 0;
  EXPECT_EQ(f8::allreduce_sum(gradients.data(), gradients.data(), n, all.comm), MPI_SUCCESS);
  unsigned long sent = bytes_sent, sent_by_all = 0;
  MPI_Allreduce(&sent, &sent_by_all, 1, MPI_UNSIGNED_LONG, MPI_SUM, all.comm);
  EXPECT_EQ(sent_by_all, 2 * (4 - 1) * n);
}

/// Codes that are sent one by one, and not added, arrive as they are.
TEST(MpiDatatype, CarriesEveryCode) {
  const communicator all(4);
  std::vector<f8::e4m3> codes(256);
  if (all.rank == 3)
    for (unsigned code = 0; code < 256; ++code) codes[code] = f8::e4m3::from_bits(code);
  EXPECT_EQ(MPI_Bcast(codes.data(), 256, f8::mpi_datatype<f8::e4m3>(), 3, all.comm), MPI_SUCCESS);
  for (unsigned code = 0; code < 256; ++code) EXPECT_EQ(codes[code].to_bits(), code);
}

/// What MPI reports comes back, from whichever call: two for each piece of an array.
TEST(MpiErrors, AreReturned) {
  f8::e4m3 x(1.0F);
  std::vector<f8::e4m3> two_pieces(f8::detail::mpi_parts::largest + 1);
  const std::size_t n = two_pieces.size();
  for (const int answered : {0, 1, 2, 3}) {
    calls_left = answered;
    EXPECT_EQ(f8::allreduce_sum(two_pieces.data(), two_pieces.data(), n, MPI_COMM_WORLD),
              MPI_ERR_OTHER);
    EXPECT_EQ(calls_left, -1) << "called on after an error";
  }
  calls_left = INT_MAX;
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  EXPECT_NE(f8::allreduce_sum(&x, &x, 1, MPI_COMM_NULL), MPI_SUCCESS);
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_ARE_FATAL);
}

}  // namespace

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  testing::InitGoogleTest(&argc, argv);
  int ranks = 0;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  int failed = ranks == 4 ? RUN_ALL_TESTS() : 1;
  MPI_Finalize();
  return failed;
}
