// From decimal to binary and back, exactly: digits * 10^power as a binary significand that rounds
// to any format as the exact product does. Integers only.
#ifndef F8_TEXT_DECIMAL_HPP
#define F8_TEXT_DECIMAL_HPP

#include <cstdint>

#include "../core/wide.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_text {

using f8::detail::unpacked;
using f8::detail::wide_unit;

/// A non-negative integer.
class big_integer {
 public:
  constexpr explicit big_integer(std::uint64_t x = 0) noexcept {
    for (; x != 0; x >>= 32) words_[size_++] = static_cast<std::uint32_t>(x);
  }

  constexpr void multiply_add(std::uint32_t factor, std::uint32_t summand) noexcept {
    std::uint64_t carry = summand;
    for (int i = 0; i < size_; ++i) {
      carry += std::uint64_t{words_[i]} * factor;
      words_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) words_[size_++] = static_cast<std::uint32_t>(carry);
  }

  /// Rounds down; true if that cut something off.
  constexpr bool divide(std::uint32_t divisor) noexcept {
    std::uint64_t remainder = 0;
    for (int i = size_ - 1; i >= 0; --i) {
      remainder = remainder << 32 | words_[i];
      words_[i] = static_cast<std::uint32_t>(remainder / divisor);
      remainder %= divisor;
    }
    while (size_ > 0 && words_[size_ - 1] == 0) --size_;
    return remainder != 0;
  }

  /// Times 2^(32 * words).
  constexpr void shift_up(int words) noexcept {
    if (size_ == 0) return;
    for (int i = size_ - 1; i >= 0; --i) words_[i + words] = words_[i];
    for (int i = 0; i < words; ++i) words_[i] = 0;
    size_ += words;
  }

  /// The number, to odd: its first bits, the last of which also stands for all that follow and for
  /// `rest`, something between 0 and 1.
  constexpr unpacked<std::uint64_t> to_odd(bool rest) noexcept {
    if (size_ == 0) return {0, -f8::detail::wide_bias, 0};
    int zeros = 0;
    while (words_[size_ - 1] << zeros >> 31 == 0) ++zeros;
    multiply_add(std::uint32_t{1} << zeros, 0);
    for (int i = 0; i < size_ - 2; ++i) rest = rest || words_[i] != 0;
    const std::uint64_t low = size_ > 1 ? words_[size_ - 2] : 0;
    const std::uint64_t first = std::uint64_t{words_[size_ - 1]} << 32 | low;
    const auto kept = f8::detail::shift_right_sticky<std::uint64_t>(first, 63 - wide_unit);
    return {0, 32 * size_ - 1 - zeros, kept | (rest ? 1u : 0u)};
  }

 private:
  // As many words suffice: digits_that_count decimal digits take 14, and hexadecimal ones 16;
  // scaled() shifts the former up by at most (farthest_power + digits_that_count) / 9 + 3 words.
  std::uint32_t words_[40] = {};
  int size_ = 0;
};

/// What formats within float's range tell apart. The midpoints between their values are multiples
/// of 2^-150 of at most 25 bits, so have no more than 113 significant decimal digits: a number that
/// agrees with one of them in its first 128 digits is above it if a digit behind is not 0.
inline constexpr int digits_that_count = 128;

/// All of 10^60 and above is too large for them, and all of 10^-60 and below is too small.
inline constexpr int farthest_power = 60;

constexpr int least(int a, int b) noexcept {
  return a < b ? a : b;
}

constexpr std::uint32_t power_of_ten(int n) noexcept {
  std::uint32_t power = 1;
  for (; n > 0; --n) power *= 10;
  return power;
}

/// (digits + fraction) * 10^power, where the fraction is 0 or, if `rest`, between 0 and 1: rounded
/// to odd, with the exponent of its first bit.
constexpr unpacked<std::uint64_t> scaled(big_integer digits, int power,
                                         bool rest = false) noexcept {
  constexpr int step = 9;  // 10^9 < 2^32
  int words = 0;
  if (power < 0) {
    // The number is shifted up by a word for each division, so that no division makes it less than
    // it was; and by two more for the bits of the result.
    words = -power / step + 3;
    digits.shift_up(words);
  }
  for (; power < 0; power += least(step, -power))
    rest = digits.divide(power_of_ten(least(step, -power))) || rest;
  for (; power > 0; power -= least(step, power))
    digits.multiply_add(power_of_ten(least(step, power)), 0);
  unpacked<std::uint64_t> result = digits.to_odd(rest);
  result.exponent -= 32 * words;
  return result;
}

}  // namespace detail_text
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"

#endif
