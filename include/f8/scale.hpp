// Scaled conversion: tensors whose values, in a format of 8 bits, count in units of a scale.
//
// A scale is the number that codes are multiplied by to give the values back: x is about
// code * scale. That is the number that checkpoints store, whether they call it `weight_scale` or
// `weight_scale_inv`, and the meaning of a block's scale in OCP MX.
#ifndef F8_SCALE_HPP
#define F8_SCALE_HPP

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "tiling.hpp"
#include "types.hpp"

#include "arrays/array.hpp"
#include "scaling/chunk_scales.hpp"
#include "scaling/divide.hpp"
#include "scaling/measure.hpp"
#include "scaling/multiply.hpp"
#include "scaling/scale_of.hpp"

#include "core/config.hpp"

namespace f8 {

/// How a float is made the scale of numbers up to some magnitude.
struct scale_rule {
  bool power_of_two = false;  ///< the next power of two above: then scaling by it loses nothing
  int margin = 0;             ///< binades of T left unused above the largest magnitude
};

/// How a power of two is made the scale of a block. OCP MX says `floor`.
enum class mx_rule : std::uint8_t {
  floor,  ///< down: finer, and up to a factor of 2 may saturate
  ceil,   ///< up: nothing saturates
};

/// The scale of numbers up to `absmax`: the least float for which absmax / scale is not beyond T's
/// largest finite value, so that nothing saturates. With a margin, the scale of absmax * 2^margin.
///
/// @code
/// assert(f8::scale_for<f8::e4m3>(896) == 2);  // 448 * 2
/// @endcode
///
/// A scale is always a normal float, for the sake of software that flushes subnormal ones to zero:
/// 2^-126 at the least, the largest float (or power of two) at the most. That of 0 is 1, and that
/// of infinity or NaN is that of the largest float.
template <class T>
F8_FN constexpr float scale_for(double absmax, scale_rule rule = {}) noexcept;

/// The scale of a block of numbers up to `absmax` (OCP MX 1.0, 6.3): 2^(floor(log2(absmax)) -
/// emax), where 2^emax is the binade of T's largest finite value; or the least power of two for
/// which absmax / scale is not beyond T's largest finite value. Clamped to e8m0's range, in which
/// that of 0 is the least, 2^-127. That of infinity or NaN is that of the largest float.
template <class T>
F8_FN constexpr e8m0 mx_scale_for(double absmax, mx_rule rule = mx_rule::floor) noexcept;

/// What quantize() met on its way. Each call adds to what is there, so that a tensor may be
/// converted in pieces. `absmax` is what delayed scaling makes the next scale from.
struct cast_statistics {
  std::uint64_t values = 0;       ///< how many were converted
  std::uint64_t saturated = 0;    ///< infinite, or beyond the largest finite value when rounded
  std::uint64_t underflowed = 0;  ///< not zero, but zero when rounded
  std::uint64_t nan = 0;  ///< NaN as quotients: given so, or 0 / 0 or inf / inf; not by overflow
  double absmax = 0;      ///< the largest magnitude of what was given, NaN passed over
};

namespace {

/// @defgroup scaling Scaled conversion of arrays
///
/// An array is a pointer to its first element, or a contiguous range: a vector, an array, a span.
/// Ranges whose sizes do not fit throw std::invalid_argument, which names both; without exceptions,
/// they call size_mismatch_handler. A matrix has rows * columns elements, and its scales are as
/// many as tiles.size() says, numbered row by row.
///
/// All results have the same bits on every CPU, in every state of its floating-point unit.
/// @{

/// The largest magnitude of n numbers: IEEE 754-2019's maximumMagnitudeNumber. NaN is passed over,
/// an infinity counts; 0 if nothing is left. A double for doubles, and a float for any other type.
///
/// @code
/// const float x[] = {1, -3, 2};
/// assert(f8::absmax(x, 3) == 3);
/// @endcode
template <class T>
auto absmax(const T* x, std::size_t n) -> std::conditional_t<sizeof(T) == 8, double, float>;
/// absmax() of a range.
template <class X, detail::if_read<X> = 0>
auto absmax(const X& x);

/// The scales of a matrix for its conversion to T, one for each tile: scale_for() of the largest
/// *finite* magnitude in the tile.
///
/// @code
/// const std::vector<float> weights(2 * 128, 3.5F);
/// const f8::tiling rows = f8::per_row(2, 128);
/// std::vector<float> scales(rows.size());
/// f8::find_scales<f8::e4m3>(weights, rows, scales);
/// assert(scales[1] == 3.5F / 448);
/// @endcode
///
/// A NaN or an infinity costs its neighbours nothing (when the matrix is converted, it stays NaN,
/// or does what the conversion says), and a tile of nothing else has the scale of 0, which is 1.
template <class T, class In, class Scales, detail::if_array_of<float, Scales> = 0>
void find_scales(const In& in, const tiling& tiles, Scales&& scales, scale_rule rule = {});
/// find_scales() for scales that are powers of two in a byte: mx_scale_for() of the largest
/// *finite* magnitude in the tile (OCP MX). A tile with no other has the least, 2^-127.
///
/// @code
/// const std::vector<float> weights(2 * 64, 3.5F);
/// const f8::tiling blocks = f8::mx_blocks(2, 64);
/// std::vector<f8::e8m0> scales(blocks.size());
/// f8::find_scales<f8::e4m3>(weights, blocks, scales);
/// assert(scales[3] == 2.0F / 256);  // the binade of 3.5 by that of 448
/// @endcode
template <class T, class In, class Scales, detail::if_array_of<e8m0, Scales> = 0>
void find_scales(const In& in, const tiling& tiles, Scales&& scales, mx_rule rule = mx_rule::floor);

/// Converts to units of a scale: out[i] = cast<To>(in[i] / scale, how), for i < n: the exact
/// quotient, rounded once.
///
/// @code
/// const float in[] = {1, -3.5F, 1000};
/// f8::e4m3 out[3];
/// f8::cast_statistics seen;
/// f8::quantize(in, out, 3, 0.5F, {}, &seen);
/// assert(out[0] == 2 && out[1] == -7 && out[2] == 448 && seen.saturated == 1);
/// @endcode
///
/// To is an fp8 type; From is double, float, float16, bfloat16, a taught type or fp8. Infinite
/// quotients, NaN, -0 and what is too large are treated by `how` as by cast(). The quotients are
/// IEEE 754's: x / 0 is infinite, x / inf is 0, and 0 / 0, inf / inf and every quotient with a NaN
/// is NaN with the sign of x. What was met is added to `seen`, if that is given. Arrays are taken
/// as by convert().
template <class From, class To>
void quantize(const From* in, To* out, std::size_t n, float scale, conversion how = {},
              cast_statistics* seen = nullptr);
/// quantize() of two ranges.
template <class In, class Out, detail::if_converted<In, Out> = 0>
void quantize(const In& in, Out&& out, float scale, conversion how = {},
              cast_statistics* seen = nullptr);

/// quantize() of a matrix with one scale, a float or an e8m0, for each tile.
///
/// @code
/// const std::vector<float> weights(2 * 128, 3.5F);
/// const f8::tiling rows = f8::per_row(2, 128);
/// std::vector<float> scales(rows.size());
/// std::vector<f8::e4m3> codes(weights.size());
/// f8::find_scales<f8::e4m3>(weights, rows, scales);
/// f8::quantize(weights, codes, rows, scales);
/// assert(codes[0] == 448);  // the largest of a row has the largest code
/// @endcode
template <class In, class Out, class Scales, detail::if_arrays<In, Out, Scales> = 0>
void quantize(const In& in, Out&& out, const tiling& tiles, const Scales& scales,
              conversion how = {}, cast_statistics* seen = nullptr);

/// Converts back from units of a scale: out[i] = cast<To>(in[i] * scale, how), for i < n: the exact
/// product, rounded once.
///
/// @code
/// const f8::e4m3 codes[] = {f8::e4m3{2}, f8::e4m3{-7}};
/// float out[2];
/// f8::dequantize(codes, out, 2, 0.5F);
/// assert(out[0] == 1 && out[1] == -3.5F);
/// @endcode
///
/// From is any type of up to 32 bits, fp8 usually. Infinities and products too large are infinite
/// by default. The products are IEEE 754's: -0 keeps its sign where To has one, and 0 * inf and
/// every product with a NaN is NaN with the sign of in[i]. To double, which has every product,
/// `how.over` does not count, as in a cast that widens: an infinity stays one under `saturate`,
/// too.
template <class From, class To>
void dequantize(const From* in, To* out, std::size_t n, float scale,
                conversion how = overflow::nonfinite);
/// dequantize() of two ranges.
template <class In, class Out, detail::if_converted<In, Out> = 0>
void dequantize(const In& in, Out&& out, float scale, conversion how = overflow::nonfinite);
/// dequantize() of a matrix with one scale, a float or an e8m0, for each tile. A scale that is NaN
/// makes its tile NaN.
///
/// @code
/// const std::vector<f8::e4m3> codes(2 * 64, f8::e4m3{448});
/// const f8::tiling blocks = f8::mx_blocks(2, 64);
/// const std::vector<f8::e8m0> scales(blocks.size(), f8::e8m0{0.0078125F});
/// std::vector<f8::bfloat16> weights(codes.size());
/// f8::dequantize(codes, weights, blocks, scales);
/// assert(weights[0] == 3.5F);
/// @endcode
template <class In, class Out, class Scales, detail::if_arrays<In, Out, Scales> = 0>
void dequantize(const In& in, Out&& out, const tiling& tiles, const Scales& scales,
                conversion how = overflow::nonfinite);

/// absmax() with the kernels of one instruction set, which must be among supported_isas() (checked
/// by assert).
template <class T>
auto absmax(isa instructions, const T* x, std::size_t n)
    -> std::conditional_t<sizeof(T) == 8, double, float>;
/// find_scales() with the kernels of one instruction set.
template <class T, class From, class Scale, class Rule>
void find_scales(isa instructions, const From* in, const tiling& tiles, Scale* scales, Rule rule);
/// quantize() with the kernels of one instruction set.
template <class From, class To, class Scale>
void quantize(isa instructions, const From* in, To* out, const tiling& tiles, const Scale* scales,
              conversion how = {}, cast_statistics* seen = nullptr);
/// dequantize() with the kernels of one instruction set.
template <class From, class To, class Scale>
void dequantize(isa instructions, const From* in, To* out, const tiling& tiles, const Scale* scales,
                conversion how = overflow::nonfinite);
/// @}

}  // namespace

// ----------------------------------------------------------------------------------------------
// implementation

template <class T>
F8_FN constexpr float scale_for(double absmax, scale_rule rule) noexcept {
  const std::uint64_t magnitude = detail::magnitude_of(absmax);
  if (magnitude == 0) return 1;
  // The quotient is taken of a number near 1, so that the power of two that it lacks and the
  // margin, which may be far from 0 on different sides, are added before anything is cut off. A
  // scale of 2^500 or 2^-500 leaves the floats as one still farther off does.
  const detail::significand64 parts = detail::split64(magnitude);
  constexpr int ones = binary64::trailing_bits;
  const std::int64_t power = parts.exponent + ones + rule.margin;
  const int places = power > 500 ? 500 : power < -500 ? -500 : static_cast<int>(power);
  const std::uint64_t near_one = detail::code64(parts.significand, -ones);
  std::uint64_t code = detail::times_power(detail::in_largest_finite<T>(near_one), places);
  if (rule.power_of_two) code = (code + binary64::trailing_mask) & ~binary64::trailing_mask;
  const std::uint64_t least = detail::power64(binary32::emin);
  const std::uint64_t most = rule.power_of_two
                                 ? detail::power64(binary32::emax)
                                 : detail::decode<binary64, binary32>(binary32::max_finite);
  code = code < least ? least : code > most ? most : code;
  return cast<float>(detail::bit_cast<double>(code), rounding::upward);
}

template <class T>
F8_FN constexpr e8m0 mx_scale_for(double absmax, mx_rule rule) noexcept {
  std::uint64_t magnitude = detail::magnitude_of(absmax);
  if (magnitude == 0) return e8m0::from_bits(0);
  // Magnitudes beyond these powers have the least or the largest scale, as the powers have.
  constexpr std::uint64_t least = detail::power64(-500), most = detail::power64(500);
  magnitude = magnitude < least ? least : magnitude > most ? most : magnitude;
  constexpr int emax = detail::format_of<T>::emax;
  const std::uint64_t code = rule == mx_rule::floor ? detail::times_power(magnitude, -emax)
                                                    : detail::in_largest_finite<T>(magnitude);
  const rounding round = rule == mx_rule::floor ? rounding::toward_zero : rounding::upward;
  return cast<e8m0>(detail::bit_cast<double>(code), round);
}

namespace {

template <class T>
auto absmax(isa instructions, const T* x, std::size_t n)
    -> std::conditional_t<sizeof(T) == 8, double, float> {
  assert(supported_isas().contains(instructions));
  const std::uint64_t code =
      detail_scaled::measure<detail::format_of<T>>(instructions)(x, n, false);
  if constexpr (sizeof(T) == 8) {
    return detail::bit_cast<double>(code);
  } else {
    return detail::bit_cast<float>(static_cast<std::uint32_t>(code));
  }
}

template <class T>
auto absmax(const T* x, std::size_t n) -> std::conditional_t<sizeof(T) == 8, double, float> {
  return absmax(active_isa(), x, n);
}

template <class X, detail::if_read<X>>
auto absmax(const X& x) {
  return absmax(detail::data_of(x), detail::size_of(x));
}

template <class T, class From, class Scale, class Rule>
void find_scales(isa instructions, const From* in, const tiling& tiles, Scale* scales, Rule rule) {
  using source = detail::format_of<From>;
  assert(supported_isas().contains(instructions));
  detail_scaled::tile_measure<source> measure(instructions);
  measure(in, tiles, [&](std::size_t tile, std::uint64_t code) {
    if constexpr (std::is_same_v<Scale, e8m0> && source::width < 64 &&
                  detail::format_of<T>::emax > 0) {
      if (rule == mx_rule::floor) {
        scales[tile] =
            e8m0::from_bits(detail::mx_scale_of_float<T>(static_cast<std::uint32_t>(code)));
        return;
      }
    }
    if constexpr (source::width < 64)
      code = detail::decode<binary64, binary32>(static_cast<std::uint32_t>(code));
    const auto largest = detail::bit_cast<double>(code);
    if constexpr (std::is_same_v<Scale, e8m0>) {
      scales[tile] = mx_scale_for<T>(largest, rule);
    } else {
      scales[tile] = scale_for<T>(largest, rule);
    }
  });
}

template <class T, class In, class Scales, detail::if_array_of<float, Scales>>
void find_scales(const In& in, const tiling& tiles, Scales&& scales, scale_rule rule) {
  detail::check_tiled("in", in, tiles, scales);
  find_scales<T>(active_isa(), detail::first_of(in), tiles, detail::first_of(scales), rule);
}
template <class T, class In, class Scales, detail::if_array_of<e8m0, Scales>>
void find_scales(const In& in, const tiling& tiles, Scales&& scales, mx_rule rule) {
  detail::check_tiled("in", in, tiles, scales);
  find_scales<T>(active_isa(), detail::first_of(in), tiles, detail::first_of(scales), rule);
}

template <class From, class To, class Scale>
void quantize(isa instructions, const From* in, To* out, const tiling& tiles, const Scale* scales,
              conversion how, cast_statistics* seen) {
  using source = detail::format_of<From>;
  using target = detail::format_of<To>;
  static_assert(target::width == 8, "quantize() is for fp8 types");
  detail::check_arrays(in, out, tiles.rows * tiles.columns);
  assert(supported_isas().contains(instructions));
  detail_scaled::divider<source, target> divider(instructions, how, seen != nullptr);
  detail_scaled::over_chunks(tiles, scales, [&](auto& of_chunk, std::size_t i, std::size_t n) {
    divider.divide(in + i, out + i, n, of_chunk, seen);
  });
}

template <class In, class Out, class Scales, detail::if_arrays<In, Out, Scales>>
void quantize(const In& in, Out&& out, const tiling& tiles, const Scales& scales, conversion how,
              cast_statistics* seen) {
  detail::check_tiled("in", in, tiles, scales);
  detail::check_tiled("out", out, tiles, scales);
  quantize(active_isa(), detail::first_of(in), detail::first_of(out), tiles,
           detail::first_of(scales), how, seen);
}

template <class From, class To>
void quantize(const From* in, To* out, std::size_t n, float scale, conversion how,
              cast_statistics* seen) {
  quantize(active_isa(), in, out, per_tensor(1, n), &scale, how, seen);
}

template <class In, class Out, detail::if_converted<In, Out>>
void quantize(const In& in, Out&& out, float scale, conversion how, cast_statistics* seen) {
  detail::check_sizes("in", detail::size_of(in), "out", detail::size_of(out));
  quantize(detail::data_of(in), detail::data_of(out), detail::size_of(in), scale, how, seen);
}

template <class From, class To, class Scale>
void dequantize(isa instructions, const From* in, To* out, const tiling& tiles, const Scale* scales,
                conversion how) {
  using source = detail::format_of<From>;
  using target = detail::format_of<To>;
  static_assert(source::width <= 32, "dequantize() is for codes and floats");
  detail::check_arrays(in, out, tiles.rows * tiles.columns);
  assert(supported_isas().contains(instructions));
  detail_scaled::multiplier<source, target> multiplier(instructions, how);
  detail_scaled::over_chunks(tiles, scales, [&](auto& of_chunk, std::size_t i, std::size_t n) {
    multiplier.multiply(in + i, out + i, n, of_chunk);
  });
}

template <class In, class Out, class Scales, detail::if_arrays<In, Out, Scales>>
void dequantize(const In& in, Out&& out, const tiling& tiles, const Scales& scales,
                conversion how) {
  detail::check_tiled("in", in, tiles, scales);
  detail::check_tiled("out", out, tiles, scales);
  dequantize(active_isa(), detail::first_of(in), detail::first_of(out), tiles,
             detail::first_of(scales), how);
}

template <class From, class To>
void dequantize(const From* in, To* out, std::size_t n, float scale, conversion how) {
  dequantize(active_isa(), in, out, per_tensor(1, n), &scale, how);
}

template <class In, class Out, detail::if_converted<In, Out>>
void dequantize(const In& in, Out&& out, float scale, conversion how) {
  detail::check_sizes("in", detail::size_of(in), "out", detail::size_of(out));
  dequantize(detail::data_of(in), detail::data_of(out), detail::size_of(in), scale, how);
}

}  // namespace
}  // namespace f8

#include "core/undef.hpp"

#endif
