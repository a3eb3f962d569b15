// The shortest decimal number that reads back as a value.
#ifndef F8_TEXT_SHORTEST_HPP
#define F8_TEXT_SHORTEST_HPP

#include <cstdint>

#include "../core/recode.hpp"
#include "parse.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_text {

/// digits * 10^power
struct decimal {
  std::uint64_t digits;
  int power;
};

constexpr unpacked<std::uint64_t> binary_of(decimal x) noexcept {
  return scaled(big_integer(x.digits), x.power);
}

constexpr int count_digits(std::uint64_t x) noexcept {
  int count = 1;
  for (; x >= 10; x /= 10) ++count;
  return count;
}

/// True if the value is finite and not 0.
template <class Format>
constexpr bool has_digits(typename Format::word code) noexcept {
  return (code & Format::magnitude_mask) != 0 && !f8::detail::is_nan<Format>(code) &&
         !f8::detail::is_infinite<Format>(code);
}

/// A value that is finite and not 0, and the decimal numbers that read back as it.
template <class Format>
class printed_value {
 public:
  constexpr explicit printed_value(typename Format::word code) noexcept
      : code_(code & Format::magnitude_mask) {
    constexpr int places = binary32::trailing_bits;
    const std::uint32_t bits = f8::detail::recode<binary32, Format>(code_, f8::detail::directed{});
    const auto field = static_cast<int>(bits >> places);
    significand_ = (bits & binary32::trailing_mask) | (field != 0 ? binary32::hidden_bit : 0);
    exponent_ = (field != 0 ? field : 1) - binary32::bias - places;
  }

  /// The largest power of ten of which a multiple reads back as the value, and the nearest such
  /// multiple: the fewest places for fixed notation.
  constexpr decimal fewest_places() const noexcept {
    // 10^power is at least 2^(exponent_ + 24), which is above the value; log10(2) = 0.30103.
    int power = (exponent_ + binary32::precision) * 30103 / 100000 + 1;
    while (nearest_multiple(power) == 0) --power;
    return {nearest_multiple(power), power};
  }

  /// The nearest of the numbers that read back as the value with the fewest significant digits. It
  /// is the one of the fewest places, unless that is a power of ten and one below is nearer.
  constexpr decimal fewest_digits() const noexcept {
    const decimal coarse = fewest_places();
    const decimal fine{nearest_multiple(coarse.power - 1), coarse.power - 1};
    return coarse.digits == 1 && fine.digits < 10 ? fine : coarse;
  }

  constexpr bool reads_back(decimal x) const noexcept {
    return magnitude_code<Format>(binary_of(x)) == code_;
  }

  /// The value rounded down, of one below 2^63.
  constexpr std::uint64_t whole() const noexcept {
    if (exponent_ >= 0) return std::uint64_t{significand_} << exponent_;
    return exponent_ > -binary32::precision ? significand_ >> -exponent_ : 0;
  }

 private:
  /// The multiple of 10^power that is nearest to the value among those that read back as it, in
  /// that unit, or 0. These two below and above are enough: where any reads back, so does the one
  /// between it and the value.
  constexpr std::uint64_t nearest_multiple(int power) const noexcept {
    unpacked<std::uint64_t> x = scaled(big_integer(significand_), -power);
    x.exponent += exponent_;
    // `twice` is twice the value in that unit, cut off. It is below 2^60, since the digits are few;
    // and values below 2^-3 are all alike.
    const auto places = static_cast<int>(wide_unit - 1 - (x.exponent < -3 ? -3 : x.exponent));
    const std::uint64_t twice = x.significand >> places;
    const bool rest = twice << places != x.significand;
    const std::uint64_t below = twice / 2;
    const bool half = twice % 2 != 0;
    if (!half && !rest) return below;
    const bool up = half && (rest || below % 2 != 0);
    const std::uint64_t nearer = below + (up ? 1 : 0);
    const std::uint64_t other = below + (up ? 0 : 1);
    return reads_back({nearer, power}) ? nearer : reads_back({other, power}) ? other : 0;
  }

  typename Format::word code_;
  std::uint32_t significand_ = 0;
  int exponent_ = 0;
};

struct layout {
  decimal number;
  bool scientific;
};

constexpr int scientific_size(decimal x) noexcept {
  const int digits = count_digits(x.digits);
  return digits + (digits > 1 ? 1 : 0) + 4;  // a point, and "e-05"
}

/// The characters of fixed notation, for x.power <= 0.
constexpr int fixed_size(decimal x) noexcept {
  const int before_point = count_digits(x.digits) + x.power;
  return x.power == 0 ? before_point : 1 - x.power + (before_point > 1 ? before_point : 1);
}

/// The fewest characters, in fixed notation if it takes no more than scientific.
template <class Format>
constexpr layout fewest_characters(const printed_value<Format>& x) noexcept {
  const decimal scientific = x.fewest_digits();
  decimal fixed = x.fewest_places();
  if (fixed.power > 0) {
    // An integer, which takes the same characters with all of its digits. (If it had a fraction, so
    // small that a multiple of 10 reads back, this multiple would have a code of its own.)
    if (fixed.power > scientific_size(scientific)) return {scientific, true};
    const decimal nines{power_of_ten(fixed.power) - 1, 0};
    const bool power_reads_back = fixed.digits == 1;
    fixed = {x.whole(), 0};
    // A power of ten may read back as a value above it; then the number just below it, which has
    // one character fewer, may read back as that value, too.
    if (power_reads_back && fixed.digits > nines.digits && x.reads_back(nines)) fixed = nines;
  }
  if (fixed_size(fixed) <= scientific_size(scientific)) return {fixed, false};
  return {scientific, true};
}

}  // namespace detail_text
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"

#endif
