// Exact decimal numbers as strings of digits, by the arithmetic of schools: the value of a code,
// and the code of a text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reference/encode.hpp"

namespace reference {

/// 0.d1d2d3... * 10^point, where neither the first nor the last digit is 0; zero has no digits.
struct decimal {
  std::string digits;
  long long point = 0;
};

inline decimal make_decimal(std::string digits, long long point) {
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size());
  digits.erase(0, zeros);
  digits.erase(digits.find_last_not_of('0') + 1);
  return {digits, digits.empty() ? 0 : point - static_cast<long long>(zeros)};
}

inline bool operator==(const decimal& a, const decimal& b) {
  return a.point == b.point && a.digits == b.digits;
}

inline bool operator<(const decimal& a, const decimal& b) {
  if (a.digits.empty() || b.digits.empty()) return !b.digits.empty();
  return a.point != b.point ? a.point < b.point : a.digits < b.digits;
}

/// x * factor, for a factor below 2^59.
inline decimal product(const decimal& x, std::uint64_t factor) {
  std::string digits = std::string(20, '0') + x.digits;
  std::uint64_t carry = 0;
  for (std::size_t i = digits.size(); i-- > 0; carry /= 10) {
    carry += static_cast<std::uint64_t>(digits[i] - '0') * factor;
    digits[i] = static_cast<char>('0' + carry % 10);
  }
  return make_decimal(digits, x.point + 20);
}

/// 2^exponent; a half is five tenths.
inline const decimal& power_of_two(int exponent) {
  static std::map<int, decimal> known{{0, {"1", 1}}};
  const auto place = known.find(exponent);
  if (place != known.end()) return place->second;
  decimal result = exponent > 0 ? product(power_of_two(exponent - 1), 2)
                                : product(power_of_two(exponent + 1), 5);
  if (exponent < 0) --result.point;
  return known[exponent] = result;
}

/// Of a magnitude of up to 53 bits.
inline decimal decimal_of(const magnitude& x) {
  return is_zero(x) ? decimal{} : product(power_of_two(x.exponent + 75), x.high >> 11);
}

/// "12.5e-3", no sign. (An exponent beyond all use is as good as any such.)
inline decimal read_decimal(std::string_view text) {
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  const std::string mantissa(text.substr(0, e));
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::string exponent(text.substr(std::min(e + 1, text.size())));
  const long long power =
      std::clamp(std::strtoll(exponent.c_str(), nullptr, 10), -1'000'000'000LL, 1'000'000'000LL);
  std::string digits = mantissa;
  digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
  return make_decimal(digits, static_cast<long long>(point) + power);
}

/// The midpoints of a format, to which numbers are compared.
class midpoints {
 public:
  explicit midpoints(const format& f) {
    for (std::uint64_t code = 0; code <= f.max_finite; ++code)
      above_.push_back(decimal_of(size_of_code(refined(f, 1), 2 * code + 1)));
  }

  /// The one between the values of codes `code` and `code + 1`.
  const decimal& above(std::uint64_t code) const { return above_[static_cast<std::size_t>(code)]; }

  /// The code without sign nearest to a number, ties to even; max_finite + 1 if it is too large.
  std::uint64_t nearest_code(const decimal& x) const {
    const auto next = std::lower_bound(above_.begin(), above_.end(), x);
    const auto below = static_cast<std::uint64_t>(next - above_.begin());
    const bool tie = next != above_.end() && *next == x;
    return tie && below % 2 != 0 ? below + 1 : below;
  }

 private:
  std::vector<decimal> above_;
};

/// "125e-4", from a decimal that is not 0.
inline std::string to_text(const decimal& x) {
  return x.digits + "e" + std::to_string(x.point - static_cast<long long>(x.digits.size()));
}

}  // namespace reference
