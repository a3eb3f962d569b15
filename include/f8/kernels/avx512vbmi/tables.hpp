// What the bytes of 16-bit halves round to: the tables of the encoders with VBMI. They differ by
// format and rounding mode, and are made by the core's own increments.
#ifndef F8_KERNELS_AVX512VBMI_TABLES_HPP
#define F8_KERNELS_AVX512VBMI_TABLES_HPP

#include <cstdint>

#include "../../core/codec.hpp"

#include "../../core/config.hpp"

namespace f8 {
namespace {
namespace kernels {
namespace avx512vbmi {

/// What a lookup by top gives for NaN and infinities, and for nothing else.
inline constexpr std::uint8_t needs_care = 0x80;

/// What the core adds below the last place of a magnitude, `half` being the highest bit there. A
/// directed rounding comes as the one that positive numbers have.
F8_FN constexpr std::uint32_t increment(rounding round, std::uint32_t half, std::uint32_t last) {
  return detail::directed{round}.increment(std::uint32_t{0}, half, last);
}

/// The rounding of a negative number's magnitude as if it were positive.
F8_FN constexpr rounding mirrored(rounding round) {
  return round == rounding::upward     ? rounding::downward
         : round == rounding::downward ? rounding::upward
                                       : round;
}

inline constexpr rounding each_rounding[] = {rounding::nearest_even, rounding::nearest_away,
                                             rounding::toward_zero,  rounding::upward,
                                             rounding::downward,     rounding::to_odd};

// ------------------------------------------------------------------------------------------------
// float and bfloat16

// With E0 the exponent field of Target's least normal number, count codes as if every exponent were
// normal, also those below E0:
//
//     n = (E - E0 + 1) << M, plus the M bits of the significand that stay        -128 <= n <= 127
//
// A normal number's code is n plus its rounding. A subnormal one's, n < 2^M, is looked up: it
// depends on n and on whether any bit was cut off. n's first part is looked up by top, one value
// for each pair of exponents. Pairs below half of the least subnormal number share one: of them it
// matters only that they are not zero. The pair of zero itself has one less, so that zero alone has
// an n that no other number has. The n's below 2^M are then so few that their lower 6 bits tell
// them apart.

template <class Target>
struct word_numbers {
  static constexpr int M = Target::trailing_bits;
  static constexpr int cut = 7 - M;  ///< bits of low that are rounded away
  static constexpr int least_normal = Target::emin + binary32::bias;  ///< E0
  static constexpr int tiny_pair = (least_normal - M - 1) / 2 - 1;    ///< the highest such top
  static constexpr int n_of_pair(int pair) { return (2 * pair - least_normal + 1) * (1 << M); }
  static constexpr int n_of_tiny = n_of_pair(tiny_pair);
  static constexpr int n_of_zero = n_of_tiny - 1;
  static constexpr bool fit = (M == 2 || M == 3) && (1 << M) - n_of_zero <= 64;
};

/// n's first part, by top.
template <class Target>
struct pair_table {
  alignas(64) std::uint8_t n[128] = {};
  F8_FN constexpr pair_table() {
    using numbers = word_numbers<Target>;
    for (int pair = 0; pair < 128; ++pair) {
      const int exact = numbers::n_of_pair(pair);
      const int n_here = pair == 0                    ? numbers::n_of_zero
                         : pair <= numbers::tiny_pair ? numbers::n_of_tiny
                         : pair == 127                ? static_cast<int>(needs_care)
                         : exact > 127                ? 127
                                                      : exact;
      n[pair] = static_cast<std::uint8_t>(n_here);
    }
  }
};
template <class Target>
inline constexpr pair_table<Target> pairs_of{};

/// The tables of a rounding of positive numbers.
template <class Target>
struct word_tables {
  static constexpr unsigned is_inexact = 0x40;
  alignas(64) std::uint8_t rounded[64] = {};     ///< by the lower 6 bits of low: 1 if n + 1 is the
                                                 ///< rounded code, and is_inexact
  alignas(64) std::uint8_t subnormal[128] = {};  ///< by the lower 6 bits of n, and is_inexact

  F8_FN constexpr explicit word_tables(rounding round) {
    using numbers = word_numbers<Target>;
    constexpr std::uint32_t cut_bits = (1u << numbers::cut) - 1;
    for (std::uint32_t low = 0; low < 64; ++low) {
      const std::uint32_t rest = low & cut_bits, last = low >> numbers::cut;
      const std::uint32_t up = (rest + increment(round, (cut_bits + 1) / 2, last)) >> numbers::cut;
      rounded[low] = static_cast<std::uint8_t>(up | (rest != 0 ? is_inexact : 0));
    }
    for (unsigned index = 0; index < 128; ++index) {
      const int n = numbers::n_of_zero + ((static_cast<int>(index) - numbers::n_of_zero) & 63);
      subnormal[index] = static_cast<std::uint8_t>(code(n, index >> 6, round));
    }
  }

 private:
  /// The code of n < 2^M, 0 for others.
  F8_FN static constexpr std::uint32_t code(int n, std::uint32_t inexact, rounding round) {
    using numbers = word_numbers<Target>;
    constexpr int hidden = 1 << numbers::M;
    if (n >= hidden || (n == numbers::n_of_zero && inexact == 0)) return 0;
    const bool is_tiny = n < numbers::n_of_pair(numbers::tiny_pair + 1);
    const int binade = n >= 0 ? 0 : (n + 1) / hidden - 1;  // E - (E0 - 1)
    const int significand = is_tiny ? 0 : n - (binade - 1) * hidden;
    const int places = is_tiny ? numbers::M + 2 : 1 - binade;  // that are cut off
    const std::uint32_t exact =
        2 * static_cast<std::uint32_t>(significand) + (is_tiny ? 1 : inexact);
    const std::uint32_t half = std::uint32_t{1} << places;
    return (exact + increment(round, half, exact >> (places + 1))) >> (places + 1);
  }
};

template <class Target>
inline constexpr word_tables<Target> words_of[] = {
    word_tables<Target>(each_rounding[0]), word_tables<Target>(each_rounding[1]),
    word_tables<Target>(each_rounding[2]), word_tables<Target>(each_rounding[3]),
    word_tables<Target>(each_rounding[4]), word_tables<Target>(each_rounding[5])};

// ------------------------------------------------------------------------------------------------
// float16

// Top has the exponent and two bits of the significand. All numbers with the same top round to
// `least`, to the next code or, if Target keeps a third bit, to the one after it: low decides, in
// comparison with two bounds.

template <class Target>
struct half_tables {
  static constexpr std::uint8_t never = 0xFF;
  alignas(64) std::uint8_t least[128] = {};
  alignas(64) std::uint8_t first[128] = {};   ///< the largest low that is not rounded to the next
  alignas(64) std::uint8_t second[128] = {};  ///< and to the one after it

  F8_FN constexpr explicit half_tables(rounding round) {
    for (std::uint32_t top = 0; top < 128; ++top) fill(top, round);
  }

 private:
  F8_FN constexpr void fill(std::uint32_t top, rounding round) {
    const std::uint32_t field = top >> 2;
    const int exponent = static_cast<int>(field == 0 ? 1 : field) - binary16::bias;
    const int below = Target::emin - exponent;  // the places that a subnormal result loses
    constexpr int narrowing = binary16::trailing_bits - Target::trailing_bits, all = 13;
    const int exact_places = narrowing + (below > 0 ? below : 0);
    const int places = exact_places < all ? exact_places : all;  // more than all is no different
    const std::uint32_t significand = ((field == 0 ? 0 : 4) + (top & 3)) << 8;
    const std::uint32_t from =
        below < 0 ? static_cast<std::uint32_t>(-below) << Target::trailing_bits : 0;
    const std::uint32_t kept = significand >> places;
    const std::uint32_t code =
        from + kept + (significand > largest_not_up(kept, places, round) ? 1 : 0);
    constexpr std::uint32_t limit = 0x7F;  // as all codes
    least[top] = static_cast<std::uint8_t>(field == 31 ? needs_care : code < limit ? code : limit);
    first[top] = bound(largest_not_up(code - from, places, round), significand);
    second[top] = bound(largest_not_up(code - from + 1, places, round), significand);
  }

  /// The largest significand that does not round up from `kept`.
  F8_FN static constexpr std::uint32_t largest_not_up(std::uint32_t kept, int places,
                                                      rounding round) {
    const std::uint32_t unit = std::uint32_t{1} << places;
    return kept * unit + (unit - 1) - increment(round, unit / 2, kept);
  }
  F8_FN static constexpr std::uint8_t bound(std::uint32_t largest, std::uint32_t significand) {
    return static_cast<std::uint8_t>(largest - significand < never ? largest - significand : never);
  }
};

template <class Target>
inline constexpr half_tables<Target> halves_of[] = {
    half_tables<Target>(each_rounding[0]), half_tables<Target>(each_rounding[1]),
    half_tables<Target>(each_rounding[2]), half_tables<Target>(each_rounding[3]),
    half_tables<Target>(each_rounding[4]), half_tables<Target>(each_rounding[5])};

}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../../core/undef.hpp"

#endif
