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

/// IEEE 754's bias, which puts 1 in the middle of the exponents; fnuz formats conventionally have
/// one more.
F8_FN constexpr int default_bias(int exponent_bits, special_values specials) {
  return (1 << (exponent_bits - 1)) - (specials == special_values::fnuz ? 0 : 1);
}

/// A format of 1 sign bit, E exponent bits and M trailing significand ("mantissa") bits.
///
/// The special-value style is resolved here, once: a code is NaN if and only if
/// `((code & nan_mask) ^ nan_flip) >= first_nan`, whatever the style. Codes named below without a
/// sign are those of the positive value.
template <int E, int M, special_values S = special_values::ieee, int Bias = default_bias(E, S)>
struct binary_format {
  static constexpr int width = 1 + E + M;  ///< bits of a code
  using word = std::conditional_t<(width <= 32), std::uint32_t,
                                  std::uint64_t>;  ///< what codes are computed in
  using bits_type = std::conditional_t<
      (width <= 8), std::uint8_t,
      std::conditional_t<(width <= 16), std::uint16_t, word>>;  ///< what codes are stored in

  static constexpr special_values specials = S;  ///< which codes are special
  static constexpr int exponent_bits = E;        ///< width of the exponent field
  static constexpr int trailing_bits = M;        ///< width of the significand field
  static constexpr int precision =
      M + 1;  ///< significant bits of a normal value, the hidden one included
  static constexpr int bias = Bias;  ///< the exponent field of 1
  static constexpr int emin =
      1 - Bias;  ///< exponent of the smallest normal value, and of all subnormal ones

  static constexpr word sign_bit = word{1} << (E + M);  ///< the highest bit of a code
  static constexpr word magnitude_mask = sign_bit - 1;  ///< every other bit
  static constexpr word hidden_bit =
      word{1} << M;  ///< the unit of the exponent field; code of the smallest normal
  static constexpr word trailing_mask = hidden_bit - 1;  ///< the significand field

  /// False where a value too large can become only the largest finite one, or NaN.
  static constexpr bool has_infinity = S == special_values::ieee;
  /// False where -0, and what rounds to it, becomes +0.
  static constexpr bool has_negative_zero = S != special_values::fnuz;

  /// Code of the largest finite value.
  static constexpr word max_finite = S == special_values::ieee ? magnitude_mask - hidden_bit
                                     : S == special_values::fn ? magnitude_mask - 1
                                                               : magnitude_mask;
  static constexpr int emax =
      static_cast<int>(max_finite >> M) - Bias;  ///< exponent of the largest finite value

  /// The NaN of nan_code::quiet.
  static constexpr word quiet_nan = S == special_values::ieee ? max_finite + 1 + (hidden_bit >> 1)
                                    : S == special_values::fn ? magnitude_mask
                                                              : sign_bit;
  /// The NaN of nan_code::all_ones.
  static constexpr word all_ones_nan = S == special_values::fnuz ? sign_bit : magnitude_mask;

  /// With nan_flip and first_nan, the test for NaN above. fnuz: exactly the code of which all but
  /// the sign bit differ from that of an all-ones magnitude.
  static constexpr word nan_mask =
      S == special_values::fnuz ? sign_bit | magnitude_mask : magnitude_mask;
  /// What the masked code is changed by.
  static constexpr word nan_flip = S == special_values::fnuz ? magnitude_mask : 0;
  /// The least result that means NaN.
  static constexpr word first_nan =
      S == special_values::fnuz ? nan_mask : max_finite + (has_infinity ? 2 : 1);

  /// What a result too large becomes where it may not saturate: Inf, or NaN where there is none.
  static constexpr word infinity = has_infinity ? max_finite + 1 : all_ones_nan;
};

using binary16 = binary_format<5, 10>;        ///< IEEE 754 half precision
using bfloat16_format = binary_format<8, 7>;  ///< the upper half of binary32
using binary32 = binary_format<8, 23>;        ///< IEEE 754 single precision: float
using binary64 = binary_format<11, 52>;       ///< IEEE 754 double precision: double

/// True if every value of Source, subnormal numbers, infinities and -0 included, is a value of
/// Target.
template <class Target, class Source>
constexpr bool contains =
    Target::precision >= Source::precision&& Target::emax >=
    Source::emax&& Target::emin - Target::trailing_bits <=
    Source::emin - Source::trailing_bits&& Target::has_infinity >=
    Source::has_infinity&& Target::has_negative_zero >= Source::has_negative_zero;

}  // namespace f8

#include "core/undef.hpp"

#endif
