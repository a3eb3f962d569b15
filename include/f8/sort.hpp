// Sorting by counting: a byte has 256 values, so their counts say all, and nothing is ever
// compared.
#ifndef F8_SORT_HPP
#define F8_SORT_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "order.hpp"

#include "arrays/range.hpp"
#include "arrays/sizes.hpp"

#include "core/config.hpp"

namespace f8 {
namespace {
namespace detail_sort {

/// How often each byte occurs in [bytes, bytes + n).
///
/// Four tables, because equal neighbours would otherwise wait for each other's increment to reach
/// memory.
inline void count_bytes(const unsigned char* bytes, std::size_t n,
                        std::size_t (&count)[256]) noexcept {
  std::size_t partial[4][256] = {};
  std::size_t i = 0;
  for (; n - i >= 4; i += 4) {
    ++partial[0][bytes[i]];
    ++partial[1][bytes[i + 1]];
    ++partial[2][bytes[i + 2]];
    ++partial[3][bytes[i + 3]];
  }
  for (; i < n; ++i) ++partial[0][bytes[i]];
  for (unsigned b = 0; b < 256; ++b)
    count[b] = partial[0][b] + partial[1][b] + partial[2][b] + partial[3][b];
}

}  // namespace detail_sort

/// Sorts [first, last) ascending by order_key, in O(n): the result of std::sort with total_less.
///
/// @code
/// f8::e4m3 x[] = {f8::e4m3{2}, f8::e4m3{-1}, f8::e4m3{0}, f8::e4m3{-0.0F}};
/// f8::sort(x, x + 4);
/// assert(x[0] == -1 && x[1].to_bits() == 0x80 && x[2].to_bits() == 0 && x[3] == 2);
/// @endcode
///
/// That is IEEE 754's totalOrder: -0 comes before +0, NaNs with a sign first and those without
/// last. T is any type of 8 bits.
template <class T>
void sort(T* first, T* last) noexcept {
  static_assert(sizeof(T) == 1, "f8::sort counts codes of 8 bits");
  std::size_t count[256];
  detail_sort::count_bytes(reinterpret_cast<unsigned char*>(first),
                           static_cast<std::size_t>(last - first), count);
  for (unsigned key = 0; key < 256; ++key) {
    const unsigned bits = from_order_key<T>(static_cast<typename T::bits_type>(key)).to_bits();
    if (count[bits] == 0) continue;
    std::memset(static_cast<void*>(first), static_cast<int>(bits), count[bits]);
    first += count[bits];
  }
}

/// Sorts a contiguous range: a vector, an array, a span.
template <class Range>
auto sort(Range&& range) noexcept -> decltype(f8::detail::data_of(range), void()) {
  sort(f8::detail::data_of(range), f8::detail::data_of(range) + f8::detail::size_of(range));
}

/// Writes to index[0..n) the positions of in[0..n) in ascending order by order_key; those of equal
/// keys keep their order. The positions count from 0, and `n` is at most 2^32.
///
/// @code
/// const f8::e4m3 x[] = {f8::e4m3{2}, f8::e4m3{-1}, f8::e4m3{2}};
/// std::uint32_t index[3];
/// f8::argsort(x, 3, index);
/// assert(index[0] == 1 && index[1] == 0 && index[2] == 2);
/// @endcode
template <class T>
void argsort(const T* in, std::size_t n, std::uint32_t* index) noexcept {
  static_assert(sizeof(T) == 1, "f8::argsort counts codes of 8 bits");
  std::size_t count[256];
  detail_sort::count_bytes(reinterpret_cast<const unsigned char*>(in), n, count);
  std::size_t next[256];  // by code: where its next position is written
  std::size_t begin = 0;
  for (unsigned key = 0; key < 256; ++key) {
    const unsigned bits = from_order_key<T>(static_cast<typename T::bits_type>(key)).to_bits();
    next[bits] = begin;
    begin += count[bits];
  }
  for (std::size_t i = 0; i < n; ++i)
    index[next[in[i].to_bits()]++] = static_cast<std::uint32_t>(i);
}

/// argsort() of contiguous ranges. Throws std::invalid_argument if their sizes differ; without
/// exceptions, calls size_mismatch_handler.
template <class In, class Index,
          std::enable_if_t<std::is_same_v<f8::detail::element_of<Index>, std::uint32_t>, int> = 0>
auto argsort(const In& in, Index&& index) -> decltype(f8::detail::data_of(in), void()) {
  f8::detail::check_sizes("in", f8::detail::size_of(in), "index", f8::detail::size_of(index));
  argsort(f8::detail::data_of(in), f8::detail::size_of(in), f8::detail::data_of(index));
}

}  // namespace
}  // namespace f8

#include "core/undef.hpp"

#endif
