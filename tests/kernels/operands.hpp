// What arithmetic is tested with: arrays of a type, and the floats that the oracle says they are.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include "f8/arithmetic.hpp"
#include "reference/f8_types.hpp"
#include "reference/sums.hpp"

namespace kernel_test {

/// Kinds of numbers: of magnitudes that neither overflow nor vanish when they are added up; so
/// small that products are subnormal or vanish; so large that sums overflow; and any, infinities
/// and NaNs among them. 8-bit types have too few numbers for the first three to differ.
enum class numbers : std::uint8_t { ordinary, tiny, huge, any };
inline constexpr numbers all_numbers[] = {numbers::ordinary, numbers::tiny, numbers::huge,
                                          numbers::any};

inline std::uint64_t random_code(const reference::format& f, numbers kind, std::mt19937& random) {
  const std::uint64_t fields = std::uint64_t{1} << f.exponent_bits;
  const std::uint64_t code = random() & (reference::sign_bit(f) | reference::all_ones(f));
  if (kind == numbers::any && random() % 64 == 0) return code;
  std::uint64_t magnitude = reference::magnitude_code(f, code);
  if (f.exponent_bits == 8) {
    const std::uint64_t field = kind == numbers::tiny   ? random() % 66
                                : kind == numbers::huge ? fields - 2 - random() % 4
                                                        : 121 + random() % 12;
    magnitude = field << f.trailing_bits | (code & ((std::uint64_t{1} << f.trailing_bits) - 1));
  }
  const std::uint64_t sign = code & reference::sign_bit(f);
  const std::uint64_t finite = std::min(magnitude, f.max_finite);
  return finite == 0 && !reference::has_negative_zero(f) ? 0 : sign | finite;
}

template <class T>
struct operand {
  std::vector<T> values;
  std::vector<float> floats;

  operand(std::size_t n, numbers kind, unsigned seed) : values(n), floats(n) {
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint64_t code = random_code(reference::format_of<T>, kind, random);
      values[i] = reference::value_of<T>(code);
      floats[i] = reference::value(reference::format_of<T>, code);
    }
  }
};

/// The code of cast<Y>(x): what NaN is, reference::with_one_nan has decided.
template <class Y>
std::uint64_t expected_element(float x) {
  return reference::expected_cast<Y>(x);
}

/// True if y has the expected codes; otherwise says which has not.
template <class Y>
testing::AssertionResult are_codes(const Y* y, const std::vector<std::uint64_t>& expected) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::uint64_t code = reference::code_of(y[i]);
    if (code == expected[i]) continue;
    return testing::AssertionFailure()
           << "element " << i << " of " << expected.size() << ": expected "
           << reference::describe(reference::format_of<Y>, expected[i]) << ", got "
           << reference::describe(reference::format_of<Y>, code);
  }
  return testing::AssertionSuccess();
}

inline testing::AssertionResult is_float(float x, float expected) {
  return are_codes(&x, {reference::code_of(expected)});
}

}  // namespace kernel_test
