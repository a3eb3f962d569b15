// What the bits of a binary floating-point format mean. Plain numbers with IEEE 754's names, no
// arithmetic on values.
#ifndef F8_FORMAT_HPP
#define F8_FORMAT_HPP

#include <cstdint>
#include <type_traits>

#include "core/config.hpp"

/// 8-bit floating-point value types, and all that converts, scales, orders and prints them.
namespace f8 {

/// Which codes a format gives to infinities, NaNs and -0. The letters are LLVM's and ml_dtypes'.
enum class special_values : std::uint8_t {
  ieee,  ///< IEEE 754: the highest exponent field holds the infinities and the NaNs.
  fn,  ///< Finite, NaN: no infinities; the NaNs are the two codes whose magnitude bits are all ones
       ///< (OCP E4M3).
  fnuz,  ///< Finite, NaN, unsigned zero: no infinities, no -0; its code, 0x80, is the only NaN, and
         ///< has a sign: it decodes to a negative NaN, and is written "-nan".
};

/// The fields of a code: 1 sign bit, E exponent bits and M trailing significand ("mantissa") bits.
template <int E, int M>
struct code_fields {
  static constexpr int width = 1 + E + M;  ///< bits of a code
  static constexpr int exponent_bits = E;  ///< width of the exponent field
  static constexpr int trailing_bits = M;  ///< width of the significand field

  /// What codes are computed in.
  using word = std::conditional_t<(width <= 32), std::uint32_t, std::uint64_t>;
  /// What codes are stored in.
  using bits_type = std::conditional_t<(width <= 8), std::uint8_t,
                                       std::conditional_t<(width <= 16), std::uint16_t, word>>;

  /// The highest bit of a code.
  static constexpr word sign_bit = word{1} << (E + M);
  /// Every other bit.
  static constexpr word magnitude_mask = sign_bit - 1;
  /// The unit of the exponent field: the code of the smallest normal value.
  static constexpr word hidden_bit = word{1} << M;
  /// The significand field.
  static constexpr word trailing_mask = hidden_bit - 1;
  /// IEEE 754's bias, which puts 1 in the middle of the exponents.
  static constexpr int ieee_bias = (1 << (E - 1)) - 1;
};

namespace detail {

/// The codes that a style of special values gives to formats with these fields. Each style is one
/// specialization, and nothing else asks for the style. What the members mean, binary_format says,
/// which has them too.
template <special_values S, class Fields>
struct special_codes;

/// The exponent field of all ones holds the infinity, and the NaNs above it.
template <class Fields>
struct special_codes<special_values::ieee, Fields> {
  using word = typename Fields::word;
  static constexpr int default_bias = Fields::ieee_bias;
  static constexpr bool has_infinity = true;
  static constexpr bool has_negative_zero = true;
  static constexpr word infinity = Fields::magnitude_mask - Fields::trailing_mask;
  static constexpr word max_finite = infinity - 1;
  static constexpr word quiet_nan = infinity + (Fields::hidden_bit >> 1);
  static constexpr word all_ones_nan = Fields::magnitude_mask;
  static constexpr word nan_mask = Fields::magnitude_mask;
  static constexpr word nan_flip = 0;
  static constexpr word first_nan = infinity + 1;
};

/// The last magnitude is the NaN, and the one below it the largest finite value.
template <class Fields>
struct special_codes<special_values::fn, Fields> {
  using word = typename Fields::word;
  static constexpr int default_bias = Fields::ieee_bias;
  static constexpr bool has_infinity = false;
  static constexpr bool has_negative_zero = true;
  static constexpr word infinity = Fields::magnitude_mask;
  static constexpr word max_finite = Fields::magnitude_mask - 1;
  static constexpr word quiet_nan = Fields::magnitude_mask;
  static constexpr word all_ones_nan = Fields::magnitude_mask;
  static constexpr word nan_mask = Fields::magnitude_mask;
  static constexpr word nan_flip = 0;
  static constexpr word first_nan = Fields::magnitude_mask;
};

/// The code that -0 would have is the NaN, and every magnitude is finite. When the bits of its
/// magnitude are flipped, the NaN is the code of all ones, and no other code is as large.
template <class Fields>
struct special_codes<special_values::fnuz, Fields> {
  using word = typename Fields::word;
  static constexpr int default_bias = Fields::ieee_bias + 1;
  static constexpr bool has_infinity = false;
  static constexpr bool has_negative_zero = false;
  static constexpr word infinity = Fields::sign_bit;
  static constexpr word max_finite = Fields::magnitude_mask;
  static constexpr word quiet_nan = Fields::sign_bit;
  static constexpr word all_ones_nan = Fields::sign_bit;
  static constexpr word nan_mask = Fields::sign_bit | Fields::magnitude_mask;
  static constexpr word nan_flip = Fields::magnitude_mask;
  static constexpr word first_nan = Fields::sign_bit | Fields::magnitude_mask;
};

/// The bias of a format that names none.
template <int E, int M, special_values S>
inline constexpr int default_bias = special_codes<S, code_fields<E, M>>::default_bias;

}  // namespace detail

/// A binary floating-point format: the fields of its codes, a style of special values and a bias.
///
/// The bias is IEEE 754's unless another is given; that of fnuz formats is conventionally one more.
/// Codes named below without a sign are those of the positive value.
template <int E, int M, special_values S = special_values::ieee,
          int Bias = detail::default_bias<E, M, S>>
struct binary_format : code_fields<E, M> {
  using codes = detail::special_codes<S, code_fields<E, M>>;  ///< where the style is looked up
  using word = typename codes::word;                          ///< what codes are computed in

  static constexpr special_values specials = S;  ///< which codes are special
  static constexpr int bias = Bias;              ///< the exponent field of 1
  /// Significant bits of a normal value, the hidden one included.
  static constexpr int precision = M + 1;
  /// The exponent of the smallest normal value, and of all subnormal ones.
  static constexpr int emin = 1 - Bias;
  /// The exponent of the smallest subnormal value, which is a power of two.
  static constexpr int least_exponent = emin - M;
  /// The exponent of the largest finite value.
  static constexpr int emax = static_cast<int>(codes::max_finite >> M) - Bias;

  /// False where a value too large can become only the largest finite one, or NaN.
  static constexpr bool has_infinity = codes::has_infinity;
  /// False where -0, and what rounds to it, becomes +0.
  static constexpr bool has_negative_zero = codes::has_negative_zero;
  /// The code of the largest finite value.
  static constexpr word max_finite = codes::max_finite;
  /// What a result too large becomes where it may not saturate: Inf, or NaN where there is none.
  static constexpr word infinity = codes::infinity;
  /// The NaN of nan_code::quiet.
  static constexpr word quiet_nan = codes::quiet_nan;
  /// The NaN of nan_code::all_ones.
  static constexpr word all_ones_nan = codes::all_ones_nan;

  /// One comparison finds every NaN, whatever the style: a code is NaN if and only if
  /// `((code & nan_mask) ^ nan_flip) >= first_nan`.
  static constexpr word nan_mask = codes::nan_mask;
  /// The bits that are flipped before the comparison.
  static constexpr word nan_flip = codes::nan_flip;
  /// The least result that means NaN.
  static constexpr word first_nan = codes::first_nan;
};

using binary16 = binary_format<5, 10>;        ///< IEEE 754 half precision
using bfloat16_format = binary_format<8, 7>;  ///< the upper half of binary32
using binary32 = binary_format<8, 23>;        ///< IEEE 754 single precision: float
using binary64 = binary_format<11, 52>;       ///< IEEE 754 double precision: double

/// True if every value of Source, subnormal numbers, infinities and -0 included, is a value of
/// Target.
template <class Target, class Source>
inline constexpr bool contains = (Target::precision >= Source::precision) &&
                                 (Target::emax >= Source::emax) &&
                                 (Target::least_exponent <= Source::least_exponent) &&
                                 (Target::has_infinity >= Source::has_infinity) &&
                                 (Target::has_negative_zero >= Source::has_negative_zero);

}  // namespace f8

#include "core/undef.hpp"

#endif
