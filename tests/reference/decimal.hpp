// Exact decimal numbers as strings of digits, by the arithmetic of schools: the value of a code,
// and the code of a text.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
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

inline decimal doubled(const decimal& x) {
  std::string digits = '0' + x.digits;
  for (std::size_t i = 1; i < digits.size(); ++i) {
    const int twice = 2 * (digits[i] - '0');
    digits[i] = static_cast<char>('0' + twice % 10);
    digits[i - 1] = static_cast<char>(digits[i - 1] + twice / 10);
  }
  return make_decimal(digits, x.point + 1);
}

inline decimal halved(const decimal& x) {
  std::string digits = x.digits + '0';
  int rest = 0;
  for (char& digit : digits) {
    const int dividend = 10 * rest + (digit - '0');
    digit = static_cast<char>('0' + dividend / 2);
    rest = dividend % 2;
  }
  return make_decimal(digits, x.point);
}

/// Of a magnitude of 64 bits.
inline decimal decimal_of(const magnitude& x) {
  if (is_zero(x)) return {};
  std::uint64_t odd = x.high;
  int exponent = x.exponent + 64;
  for (; odd % 2 == 0; odd /= 2) ++exponent;
  const std::string digits = std::to_string(odd);
  decimal result = make_decimal(digits, static_cast<long long>(digits.size()));
  for (; exponent > 0; --exponent) result = doubled(result);
  for (; exponent < 0; ++exponent) result = halved(result);
  return result;
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
  const decimal& above(std::uint64_t code) const { return above_[code]; }

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
