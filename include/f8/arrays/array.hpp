// Preconditions of the functions on arrays.
#ifndef F8_ARRAYS_ARRAY_HPP
#define F8_ARRAYS_ARRAY_HPP

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "../core/source.hpp"
#include "../tiling.hpp"
#include "range.hpp"
#include "sizes.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace detail {

/// int if these are contiguous ranges of numbers, which are read.
template <class... In>
using if_read = std::enable_if_t<(is_taught<std::remove_cv_t<element_of<const In>>> && ...), int>;

/// int if In and Out are contiguous ranges of types that convert() takes.
template <class In, class Out, if_read<In> = 0, class To = element_of<Out>>
using if_converted = std::enable_if_t<is_target<To>, int>;

/// Checks the sizes of a matrix and its scales, where they are ranges.
template <class Matrix, class Scales>
F8_FN inline void check_tiled(const char* name, const Matrix& matrix, const tiling& tiles,
                              const Scales& scales) {
  const std::size_t n = size_of_matrix(tiles.rows, tiles.columns);
  check_sizes(name, size_or(matrix, n), "rows * columns", n);
  check_sizes("scales", size_or(scales, tiles.size()), "tiles", tiles.size());
}

/// True if writing out in order never destroys what is still to be read.
F8_FN inline bool may_share(const void* in, std::size_t in_bytes, const void* out,
                            std::size_t out_bytes) noexcept {
  const auto i = reinterpret_cast<std::uintptr_t>(in);
  const auto o = reinterpret_cast<std::uintptr_t>(out);
  return (i == o && out_bytes <= in_bytes) || o >= i + in_bytes || i >= o + out_bytes;
}

template <class From, class To>
F8_FN inline void check_arrays(const From* in, const To* out, std::size_t n) noexcept {
  static_assert(is_taught<From> && is_target<To>, "no array conversion between these types");
  static_assert(sizeof(From) == sizeof(typename format_of<From>::bits_type) &&
                std::is_trivially_copyable_v<From>);
  static_assert(sizeof(To) == sizeof(typename format_of<To>::bits_type) &&
                std::is_trivially_copyable_v<To>);
  assert(may_share(in, n * sizeof(From), out, n * sizeof(To)));
  (void)in, (void)out, (void)n;
}

}  // namespace detail
}  // namespace f8

#include "../core/undef.hpp"

#endif
