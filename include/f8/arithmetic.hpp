// Arithmetic on arrays: sums and products that are computed in float, in one order, so that they
// have the same bits on every CPU.
#ifndef F8_ARITHMETIC_HPP
#define F8_ARITHMETIC_HPP

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "tiling.hpp"
#include "types.hpp"

#include "arrays/array.hpp"
#include "arrays/products.hpp"

#include "core/config.hpp"

namespace f8 {
namespace {

/// @defgroup arithmetic Arithmetic on arrays
///
/// Elements are any of fp8, float16, bfloat16, float and taught types whose values are float's: not
/// double. Any n and any alignment, but that of scales; nothing outside the arrays is read or
/// written.
///
/// A sum of products is made run by run: 128 elements are one, and so are those that are left at
/// the end. In IEEE 754's binary32, to nearest even, it is
///
///     float sum[16] = {};  // +0
///     for (each run from first to last) {
///       float part[16] = {};  // +0
///       for (i = first; i < last; ++i)
///         part[(i - first) % 16] = fma(a[i], b[i], part[(i - first) % 16]);  // rounded once
///       for (j = 0; j < 16; ++j) sum[j] = fma(scale, part[j], sum[j]);
///     }
///     for (half = 8; half > 0; half /= 2)
///       for (j = 0; j < half; ++j) sum[j] = sum[j] + sum[j + half];
///     the result is sum[0], and +0 if that is -0
///
/// where the scale is 1 unless a matrix has another. The elements that a row has of a tile are runs
/// with the tile's scale. But where a row is cut into tiles of fewer than 32 columns, x is scaled
/// and the runs are not: x[i] times the scale, rounded to float, takes the place of x[i] in a sum
/// without scales. How the tiles were asked for does not matter: a row that is all in one tile,
/// which one scale for the matrix or for the row makes it, is runs of that scale, however short it
/// is.
///
/// The bits of the result depend on nothing else: not on the CPU, the compiler's flags, the
/// rounding mode, or FTZ and DAZ. The floating-point state, its flags included, is left as it was.
///
/// An array is a pointer to its first element, or a contiguous range: a vector, an array, a span.
/// Ranges whose sizes do not fit throw std::invalid_argument, which names both; without exceptions,
/// they call size_mismatch_handler.
///
/// Infinities, NaNs and overflow are IEEE 754's: a sum too large is infinite, Inf - Inf and 0 * Inf
/// are NaN. A result that is NaN is the quiet one without sign. What is written to y is cast<Y>()
/// of the float: a y narrower than float saturates.
/// @{

/// The sum of a[i] * b[i], for i < n, in the order of sums that this header states.
///
/// @code
/// const std::vector<f8::e4m3> a(3, f8::e4m3{2});
/// const float b[] = {1, 10, 100};
/// assert(f8::dot(a.data(), b, 3) == 222);
/// @endcode
template <class A, class B>
float dot(const A* a, const B* b, std::size_t n);

/// dot() of two ranges.
template <class A, class B, detail::if_read<A, B> = 0>
float dot(const A& a, const B& b);

/// The sum of a[i] * 1, for i < n: dot() with ones.
///
/// @code
/// const std::vector<f8::e4m3> a(1000, f8::e4m3{0.125F});
/// assert(f8::sum(a.data(), a.size()) == 125);
/// @endcode
template <class A>
float sum(const A* a, std::size_t n);
/// sum() of a range.
template <class A, detail::if_read<A> = 0>
float sum(const A& a);

/// Adds a multiple: y[i] = cast<Y>(fma(alpha, x[i], y[i])), for i < n.
///
/// @code
/// const std::vector<f8::e4m3> x(2, f8::e4m3{3});
/// float y[] = {1, 2};
/// f8::axpy(10, x.data(), y, 2);
/// assert(y[0] == 31 && y[1] == 32);
/// @endcode
///
/// The product and the sum are rounded once to float, and a Y narrower than float once more; it
/// saturates. x may be y; otherwise they may not overlap.
template <class X, class Y>
void axpy(float alpha, const X* x, Y* y, std::size_t n);
/// axpy() of two ranges.
template <class X, class Y, detail::if_converted<X, Y> = 0>
void axpy(float alpha, const X& x, Y&& y);

/// y = scale * W x, of a row-major matrix W: y[r] = cast<Y>(the sum of w[r * columns + i] * x[i],
/// with the scale in each run).
///
/// @code
/// const std::vector<f8::e4m3> w(2 * 3, f8::e4m3{2});  // 2 rows of 3 columns
/// const std::vector<float> x = {1, 10, 100};
/// std::vector<float> y(2);
/// f8::gemv(w, 2, 3, x, y, 0.5F);
/// assert(y[0] == 111 && y[1] == 111);
/// @endcode
///
/// W has rows * columns elements, x as many as there are columns, and y as many as there are rows.
/// y may not overlap the others.
template <class W, class X, class Y, detail::if_arrays<W, X, Y> = 0>
void gemv(const W& w, std::size_t rows, std::size_t columns, const X& x, Y&& y, float scale = 1);

/// gemv() with a scale, a float or an e8m0, for each tile of W: in each run, or in x where tiles
/// cut a row into pieces of fewer than 32 columns.
///
/// @code
/// const std::vector<f8::e4m3> w(2 * 64, f8::e4m3{1});
/// const f8::tiling blocks = f8::mx_blocks(2, 64);  // 4 tiles of 32 elements of a row
/// const std::vector<f8::e8m0> scales(blocks.size(), f8::e8m0{2});
/// const std::vector<float> x(64, 1);
/// std::vector<float> y(2);
/// f8::gemv(w, blocks, scales, x, y);
/// assert(y[0] == 128);
/// @endcode
///
/// A scale that is NaN, which an e8m0 can be, makes the sums NaN that it is part of.
template <class W, class Scales, class X, class Y, detail::if_arrays<W, Scales, X, Y> = 0>
void gemv(const W& w, const tiling& tiles, const Scales& scales, const X& x, Y&& y);

/// dot() with the kernels of one instruction set, which must be among supported_isas() (checked
/// by assert).
template <class A, class B>
float dot(isa instructions, const A* a, const B* b, std::size_t n);
/// sum() with the kernels of one instruction set.
template <class A>
float sum(isa instructions, const A* a, std::size_t n);
/// axpy() with the kernels of one instruction set.
template <class X, class Y>
void axpy(isa instructions, float alpha, const X* x, Y* y, std::size_t n);
/// gemv() with the kernels of one instruction set.
template <class W, class X, class Y>
void gemv(isa instructions, const W* w, std::size_t rows, std::size_t columns, const X* x, Y* y,
          float scale = 1);
/// gemv() of tiles with the kernels of one instruction set.
template <class W, class Scale, class X, class Y>
void gemv(isa instructions, const W* w, const tiling& tiles, const Scale* scales, const X* x, Y* y);

/// @}

// ----------------------------------------------------------------------------------------------
// implementation

namespace detail_arithmetic {

template <class T>
operand operand_of(isa instructions, const T* data) {
  using format = detail::format_of<T>;
  static_assert(contains<binary32, format>, "float does not have every value of this type");
  static_assert(sizeof(T) == sizeof(typename format::bits_type) && std::is_trivially_copyable_v<T>);
  assert(supported_isas().contains(instructions));
  return {reinterpret_cast<const unsigned char*>(data), sizeof(T),
          kernels::find_to_float<format>(instructions)};
}

template <class W, class Scale, class Y>
void multiply(isa instructions, const W* w, const tiling& tiles, const Scale* scales,
              const operand& x, Y* y) {
  static_assert(std::is_same_v<Scale, float> || std::is_same_v<Scale, e8m0>);
  const product_kernels with{kernels::find_float_kernels(instructions),
                             kernels::find_products<detail::format_of<W>>(instructions),
                             kernels::find_powers_of_two(instructions)};
  multiply_tiles<Scale>(with, {operand_of(instructions, w), tiles, scales}, x,
                        kernels::find_from_float<detail::format_of<Y>>(instructions), sizeof(Y),
                        reinterpret_cast<unsigned char*>(y));
}

template <class A>
float dot(isa instructions, const A* a, const operand& b, std::size_t n) {
  constexpr float scale = 1;
  float result = 0;
  multiply(instructions, a, per_tensor(1, n), &scale, b, &result);
  return result;
}

}  // namespace detail_arithmetic

template <class A, class B>
float dot(isa instructions, const A* a, const B* b, std::size_t n) {
  // The kernels that read weights as they are take them as their first argument.
  if constexpr (sizeof(A) > sizeof(B)) {
    return dot(instructions, b, a, n);
  } else {
    return detail_arithmetic::dot(instructions, a, detail_arithmetic::operand_of(instructions, b),
                                  n);
  }
}

template <class A>
float sum(isa instructions, const A* a, std::size_t n) {
  return detail_arithmetic::dot(instructions, a, {nullptr, 0, detail_arithmetic::ones}, n);
}

template <class X, class Y>
void axpy(isa instructions, float alpha, const X* x, Y* y, std::size_t n) {
  assert(detail::may_share(x, n * sizeof(X), y, n * sizeof(Y)));
  detail_arithmetic::add_multiple(kernels::find_float_kernels(instructions), alpha,
                                  detail_arithmetic::operand_of(instructions, x),
                                  detail_arithmetic::operand_of<Y>(instructions, y),
                                  kernels::find_from_float<detail::format_of<Y>>(instructions),
                                  reinterpret_cast<unsigned char*>(y), n);
}

template <class W, class Scale, class X, class Y>
void gemv(isa instructions, const W* w, const tiling& tiles, const Scale* scales, const X* x,
          Y* y) {
  assert(detail::may_share(x, tiles.columns * sizeof(X), y, tiles.rows * sizeof(Y)));
  detail_arithmetic::multiply(instructions, w, tiles, scales,
                              detail_arithmetic::operand_of(instructions, x), y);
}

template <class W, class X, class Y>
void gemv(isa instructions, const W* w, std::size_t rows, std::size_t columns, const X* x, Y* y,
          float scale) {
  gemv(instructions, w, per_tensor(rows, columns), &scale, x, y);
}

template <class A, class B>
float dot(const A* a, const B* b, std::size_t n) {
  return dot(active_isa(), a, b, n);
}

template <class A, class B, detail::if_read<A, B>>
float dot(const A& a, const B& b) {
  detail::check_sizes("a", detail::size_of(a), "b", detail::size_of(b));
  return dot(detail::data_of(a), detail::data_of(b), detail::size_of(a));
}

template <class A>
float sum(const A* a, std::size_t n) {
  return sum(active_isa(), a, n);
}

template <class A, detail::if_read<A>>
float sum(const A& a) {
  return sum(detail::data_of(a), detail::size_of(a));
}

template <class X, class Y>
void axpy(float alpha, const X* x, Y* y, std::size_t n) {
  axpy(active_isa(), alpha, x, y, n);
}

template <class X, class Y, detail::if_converted<X, Y>>
void axpy(float alpha, const X& x, Y&& y) {
  detail::check_sizes("x", detail::size_of(x), "y", detail::size_of(y));
  axpy(alpha, detail::data_of(x), detail::data_of(y), detail::size_of(x));
}

template <class W, class X, class Y, detail::if_arrays<W, X, Y>>
void gemv(const W& w, std::size_t rows, std::size_t columns, const X& x, Y&& y, float scale) {
  gemv(w, per_tensor(rows, columns), &scale, x, y);
}

template <class W, class Scales, class X, class Y, detail::if_arrays<W, Scales, X, Y>>
void gemv(const W& w, const tiling& tiles, const Scales& scales, const X& x, Y&& y) {
  detail::check_tiled("w", w, tiles, scales);
  detail::check_sizes("x", detail::size_or(x, tiles.columns), "columns", tiles.columns);
  detail::check_sizes("y", detail::size_or(y, tiles.rows), "rows", tiles.rows);
  gemv(active_isa(), detail::first_of(w), tiles, detail::first_of(scales), detail::first_of(x),
       detail::first_of(y));
}

}  // namespace
}  // namespace f8

#include "core/undef.hpp"

#endif
