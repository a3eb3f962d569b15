#include "reference/describe.hpp"

#include <cmath>
#include <sstream>

namespace reference {

std::string fields(const format& f, std::uint64_t code) {
  std::string digits = "0b";
  for (int i = width(f) - 1; i >= 0; --i) {
    digits += (code >> i & 1) != 0 ? '1' : '0';
    if (i == width(f) - 1 || i == f.trailing_bits) digits += '\'';
  }
  return digits;
}

std::string value_text(const format& f, std::uint64_t code) {
  const std::string sign = is_negative(f, code) ? "-" : "";
  if (is_nan(f, code)) return sign + "NaN";
  if (is_infinite(f, code)) return sign + "Inf";
  const magnitude size = size_of_code(f, magnitude_code(f, code));
  std::ostringstream out;
  out.precision(17);
  out << sign << std::ldexp(static_cast<double>(size.high), size.exponent + 64);
  return out.str();
}

std::string describe(const format& f, std::uint64_t code) {
  std::ostringstream out;
  out << f.name << ' ' << fields(f, code) << " (0x" << std::hex << code << ", "
      << value_text(f, code) << ')';
  return out.str();
}

const char* describe(rounding x) {
  switch (x) {
    case rounding::nearest_even:
      return "nearest_even";
    case rounding::nearest_away:
      return "nearest_away";
    case rounding::toward_zero:
      return "toward_zero";
    case rounding::upward:
      return "upward";
    case rounding::downward:
      return "downward";
    case rounding::to_odd:
      return "to_odd";
  }
  return "?";
}

const char* describe(overflow x) {
  switch (x) {
    case overflow::saturate:
      return "saturate";
    case overflow::saturate_finite:
      return "saturate_finite";
    case overflow::nonfinite:
      return "nonfinite";
  }
  return "?";
}

const char* describe(nan_code x) {
  switch (x) {
    case nan_code::quiet:
      return "quiet";
    case nan_code::all_ones:
      return "all_ones";
    case nan_code::canonical:
      return "canonical";
  }
  return "?";
}

std::string describe(policy how) {
  return std::string(describe(how.round)) + '/' + describe(how.over) + '/' + describe(how.nan);
}

std::string describe(const format& from, const format& to, policy how, const mismatch& m) {
  return std::string(from.name) + " to " + to.name + ", " + describe(how) + "\n  input    " +
         describe(from, m.input) + "\n  expected " + describe(to, m.expected) + "\n  got      " +
         describe(to, m.got);
}

}  // namespace reference
