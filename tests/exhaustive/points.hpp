// Operands where a rounding, a threshold or a special case is decided, for sources that have too
// many values to try them all, and the law that each operand is tested by.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

#include "reference/f8_types.hpp"

namespace points {

using reference::format;
using reference::magnitude;

/// A well-mixed function of its argument (the finalizer of SplitMix64): random(0), random(1), ...
/// is a sequence that any part of can be had from any thread.
constexpr std::uint64_t random(std::uint64_t i) {
  i = (i + 1) * 0x9E3779B97F4A7C15u;
  i = (i ^ i >> 30) * 0xBF58476D1CE4E5B9u;
  i = (i ^ i >> 27) * 0x94D049BB133111EBu;
  return i ^ i >> 31;
}

/// All codes of an 8-bit format, and two too large; of a wider one the ends of its ranges and some
/// at random.
inline std::vector<std::uint64_t> codes(const format& f) {
  std::vector<std::uint64_t> result;
  const auto append = [&](std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t code = first; code <= last; ++code) result.push_back(code);
  };
  if (width(f) == 8) {
    append(0, f.max_finite + 2);
    return result;
  }
  const std::uint64_t hidden_bit = std::uint64_t{1} << f.trailing_bits;
  append(0, 20);
  append(hidden_bit - 5, hidden_bit + 5);
  append(f.max_finite - 5, f.max_finite + 2);
  for (std::uint64_t i = 0; i < 150; ++i) result.push_back(random(i) % f.max_finite);
  return result;
}

/// Every value of those codes, and every midpoint above one.
inline std::vector<magnitude> magnitudes(const format& f) {
  std::vector<magnitude> result;
  for (const std::uint64_t code : codes(f)) {
    result.push_back(size_of_code(f, code));
    result.push_back(size_of_code(refined(f, 1), 2 * code + 1));
  }
  return result;
}

inline void append_with_both_signs(std::vector<double>& list, std::uint64_t bits) {
  list.push_back(reference::value_of<double>(bits));
  list.push_back(reference::value_of<double>(bits | reference::sign_bit(reference::binary64)));
}

/// Values and midpoints of f, with their neighbours in double and, a unit of float's last place
/// away, in float; and the special values of double.
inline std::vector<double> doubles(const format& f) {
  constexpr std::uint64_t float_unit = std::uint64_t{1} << (52 - 23);
  std::vector<double> result;
  for (const magnitude& m : magnitudes(f)) {
    const std::uint64_t bits =
        reference::encode(reference::binary64, {reference::kind::finite, false, m});
    for (const std::uint64_t distance : {std::uint64_t{0}, std::uint64_t{1}, float_unit}) {
      append_with_both_signs(result, bits + distance);
      if (bits >= distance) append_with_both_signs(result, bits - distance);
    }
  }
  constexpr std::uint64_t special[] = {
      0x0000'0000'0000'0000, 0x0000'0000'0000'0001,
      0x000F'FFFF'FFFF'FFFF,  // zero, subnormal
      0x0010'0000'0000'0000, 0x3FF0'0000'0000'0001,
      0x7FEF'FFFF'FFFF'FFFF,  // least normal, 1+, largest
      0x7FF0'0000'0000'0000, 0x7FF0'0000'0000'0001,
      0x7FF7'FFFF'FFFF'FFFF,  // Inf, signaling NaNs
      0x7FF8'0000'0000'0000, 0x7FF0'0000'2000'0000,
      0x7FFF'FFFF'FFFF'FFFF,  // more NaNs
  };
  for (const std::uint64_t bits : special) {
    append_with_both_signs(result, bits);
  }
  for (std::uint64_t i = 0; i < 500; ++i) result.push_back(reference::value_of<double>(random(i)));
  return result;
}

/// The same for long double: with neighbours in its own precision, and magnitudes that double does
/// not have.
inline std::vector<long double> long_doubles(const format& f) {
  using limits = std::numeric_limits<long double>;
  std::vector<long double> result;
  const auto append = [&](long double x) {
    result.push_back(x);
    result.push_back(-x);
  };
  for (const magnitude& m : magnitudes(f)) {
    const long double x = std::ldexp(static_cast<long double>(m.high), m.exponent + 64);
    append(x);
    append(std::nextafter(x, 0.0L));
    append(std::nextafter(x, limits::infinity()));
    append(std::nextafter(static_cast<double>(x), 0.0));
    append(std::nextafter(static_cast<double>(x), std::numeric_limits<double>::infinity()));
  }
  for (const long double x :
       {limits::max(), limits::min(), limits::denorm_min(), limits::infinity(), limits::quiet_NaN(),
        std::ldexp(1.0L, limits::max_exponent - 5), std::ldexp(1.0L, limits::min_exponent + 5),
        std::nextafter(limits::min(), 0.0L)}) {
    append(x);
  }
  for (std::uint64_t i = 0; i < 500; ++i) {
    const int exponent = static_cast<int>(random(2 * i) % 400) - 200 - 63;
    append(std::ldexp(static_cast<long double>(random(2 * i + 1)), exponent));
  }
  return result;
}

template <class Integer>
void append_if_representable(std::vector<Integer>& list, std::uint64_t high, std::uint64_t low) {
  constexpr unsigned bits = 8 * sizeof(Integer);
  constexpr bool is_signed = static_cast<Integer>(-1) < Integer(0);
  if (bits <= 64 && (high != 0 || (bits < 64 && low >> (bits % 64) != 0))) return;
  Integer x = static_cast<Integer>(low);
  if constexpr (bits > 64) x = static_cast<Integer>(x | static_cast<Integer>(high) << 64);
  if (x >= Integer(0)) list.push_back(x);
  if (is_signed && x > Integer(0)) list.push_back(static_cast<Integer>(-x));
}

/// Integers: the integral parts of all values and midpoints of f, +-1; powers of two, +-1; the ends
/// of the range.
template <class Integer>
std::vector<Integer> integers(const format& f) {
  std::vector<Integer> result;
  const auto append_around = [&](std::uint64_t high, std::uint64_t low) {
    append_if_representable(result, high, low);
    append_if_representable(result, high + (low == ~std::uint64_t{0}), low + 1);
    append_if_representable(result, high - (low == 0), low - 1);
  };
  for (const magnitude& m : magnitudes(f)) {
    const int places = -m.exponent;  // of the fraction
    if (places >= 128 || places < 0) continue;
    if (places >= 64)
      append_around(0, m.high >> (places - 64));
    else
      append_around(m.high >> places,
                    places == 0 ? m.low : m.high << (64 - places) | m.low >> places);
  }
  for (int i = 0; i < 64; ++i) {
    append_around(0, std::uint64_t{1} << i);
    append_around(std::uint64_t{1} << i, 0);
  }
  append_around(0, 0);
  append_around(~std::uint64_t{0}, ~std::uint64_t{0});
  constexpr Integer sign =
      static_cast<Integer>(static_cast<Integer>(1) << (8 * sizeof(Integer) - 1));
  result.push_back(sign);  // the least, if it is signed
  result.push_back(static_cast<Integer>(~sign));
  return result;
}

template <class T>
std::string text(T x) {
  std::ostringstream out;
  if constexpr (std::is_same_v<T, long double>) {
    out << std::hexfloat << x;
  } else if constexpr (sizeof(T) > 8) {
    out << "128-bit integer near " << static_cast<double>(x);
  } else if constexpr (std::is_integral_v<T>) {
    out << +x;
  } else {
    out << reference::describe(x);
  }
  return out.str();
}

/// cast<To>(x, how), which widens if it may, against the oracle.
template <class To, class From>
testing::AssertionResult agrees(From x, f8::conversion how, bool widens = false) {
  reference::policy p = reference::to_reference(how);
  if (widens) p.over = reference::overflow::nonfinite;
  const std::uint64_t expected =
      reference::encode(reference::format_of<To>, reference::number_of(x), p);
  const std::uint64_t got = reference::code_of(f8::cast<To>(x, how));
  if (got == expected) return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << text(x) << " to " << reference::format_of<To>.name << ", " << reference::describe(p)
         << "\n  expected " << reference::describe(reference::format_of<To>, expected)
         << "\n  got      " << reference::describe(reference::format_of<To>, got);
}

/// The law for each operand and conversion, up to the first that breaks it.
template <class To, class From>
void check_under_every_conversion(const std::vector<From>& operands) {
  for (std::size_t i = 0; i < reference::policy_count; ++i) {
    for (const From x : operands) ASSERT_TRUE((agrees<To>(x, reference::policy_at(i))));
  }
}

}  // namespace points
