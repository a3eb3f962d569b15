// cast_statistics count what exact arithmetic says, with every instruction set and under every
// conversion: for one odd element at each place of an array among ordinary ones, in formats of
// every style and at both ends of float's range.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/scaled.hpp"

namespace far {

using f8::special_values;

/// The largest value is 1.75 * 2^127: what would have the next code is 2^128, no float.
using largest = f8::fp8<5, 2, special_values::ieee, -97>;
using largest_fnuz = f8::fp8<5, 2, special_values::fnuz, -96>;
/// The least value is 2^-126, half of which is a subnormal float; and it is one itself.
using least = f8::fp8<4, 3, special_values::ieee, 124>;
using least_fnuz = f8::fp8<5, 2, special_values::fnuz, 127>;

}  // namespace far

namespace reference {

template <>
inline constexpr format format_of<far::largest> = {
    "fp8<5, 2, ieee, -97>", 5, 2, -97, 0x7B, 0x7C, 0x7E};
template <>
inline constexpr format format_of<far::largest_fnuz> = {
    "fp8<5, 2, fnuz, -96>", 5, 2, -96, 0x7F, 0, 0};
template <>
inline constexpr format format_of<far::least> = {
    "fp8<4, 3, ieee, 124>", 4, 3, 124, 0x77, 0x78, 0x7C};
template <>
inline constexpr format format_of<far::least_fnuz> = {
    "fp8<5, 2, fnuz, 127>", 5, 2, 127, 0x7F, 0, 0};

}  // namespace reference

namespace {

using namespace kernel_test;
using reference::counts;

/// Longer than every kernel's step, and ends within one.
constexpr std::size_t length = 131;

number value_of_code(const format& f, std::uint64_t code) {
  return {reference::kind::finite, false, reference::size_of_code(f, code)};
}

/// The codes of floats whose quotients are next to where a result becomes zero or too large, under
/// any rounding; and zeros, infinities, NaNs and the ends of float's range. Of both signs.
std::vector<std::uint64_t> odd_elements(const operation& op, std::uint64_t scale) {
  const format fine = reference::refined(op.to, 1);
  const std::uint64_t last = 2 * op.to.max_finite;
  std::vector<std::uint64_t> codes{0,           1,           0x0080'0000, 0x7F7F'FFFF,
                                   0x7F80'0000, 0x7F80'0001, 0x7FFF'FFFF};
  for (const std::uint64_t point : {std::uint64_t{1}, std::uint64_t{2}, last, last + 1, last + 2}) {
    const number x = op.inverse(value_of_code(fine, point), scale_number(scale));
    const std::uint64_t below = reference::encode(op.from, x, {reference::rounding::toward_zero}) &
                                reference::all_ones(op.from);
    codes.push_back(below);
    codes.push_back(below + 1);
  }
  for (std::size_t i = 0, n = codes.size(); i < n; ++i) codes.push_back(codes[i] | 0x8000'0000);
  return codes;
}

/// What an element becomes and counts.
struct outcome {
  std::uint64_t code;
  counts counted;

  outcome(const operation& op, std::uint64_t x, std::uint64_t scale, f8::conversion how) {
    const reference::policy policy = reference::to_reference(how);
    const number exact = op.exact(reference::decode(op.from, x), scale_number(scale));
    code = reference::encode(op.to, exact, policy);
    counted.add(op.to, exact, policy.round);
  }
};

counts sum_of(const counts& one, std::uint64_t times, const counts& other) {
  return {one.values * times + other.values, one.saturated * times + other.saturated,
          one.underflowed * times + other.underflowed, one.nan * times + other.nan};
}

/// `odd` at one place of an array of `ordinary`.
void expect_counted(const operation& op, std::uint64_t scale, std::uint64_t ordinary,
                    std::uint64_t odd, std::size_t place, f8::conversion how) {
  code_array in(op.from);
  for (std::size_t i = 0; i < length; ++i) in.push_back(i == place ? odd : ordinary);
  const outcome of_odd(op, odd, scale, how);
  const outcome of_ordinary(op, ordinary, scale, how);
  const counts expected = sum_of(of_ordinary.counted, length - 1, of_odd.counted);
  const auto scale_value = reference::from_bits<float>(static_cast<std::uint32_t>(scale));
  const std::uint64_t absmax = largest_of(op.from, {ordinary, odd}, false);
  for (const f8::isa kernels : f8::supported_isas()) {
    code_array out(op.to, length);
    f8::cast_statistics seen;
    op.run(kernels, in.data(), out.data(), f8::per_tensor(1, length), &scale_value, how, &seen);
    const counts got{seen.values, seen.saturated, seen.underflowed, seen.nan};
    const reference::policy exact{reference::rounding::to_odd, reference::overflow::nonfinite};
    const bool same_absmax = reference::encode(op.from, number_of(seen.absmax), exact) == absmax;
    const std::size_t other = place == 0 ? 1 : 0;
    ASSERT_TRUE(got == expected && same_absmax && out[place] == of_odd.code &&
                out[other] == of_ordinary.code)
        << f8::to_string(kernels) << ", " << reference::describe(reference::to_reference(how))
        << ", scale " << reference::describe(reference::binary32, scale) << ", element " << place
        << " is " << reference::describe(op.from, odd) << " among "
        << reference::describe(op.from, ordinary) << ": counted " << got.saturated << " saturated, "
        << got.underflowed << " underflowed, " << got.nan << " NaN, absmax " << seen.absmax
        << " instead of " << expected.saturated << ", " << expected.underflowed << ", "
        << expected.nan << ", " << reference::value_text(op.from, absmax) << "; code " << out[place]
        << " instead of " << of_odd.code;
  }
}

/// Every odd element at every place, and under every conversion at several.
void expect_all_counted(const operation& op, std::uint64_t scale) {
  const std::uint64_t ordinary =
      reference::encode(op.from, op.inverse(value_of_code(op.to, 0x40), scale_number(scale)));
  std::size_t turn = 0;
  for (const std::uint64_t odd : odd_elements(op, scale)) {
    const std::size_t step = is_emulated() ? 5 : 1;
    for (std::size_t place = turn % step; place < length; place += step) {
      const f8::conversion how = reference::policy_at(turn++ * 7 % reference::policy_count);
      ASSERT_NO_FATAL_FAILURE(expect_counted(op, scale, ordinary, odd, place, how));
    }
  }
}

template <class To>
class Statistics : public testing::Test {};
using formats = testing::Types<f8::e4m3, f8::e5m2, f8::e4m3fnuz, far::largest, far::largest_fnuz,
                               far::least, far::least_fnuz>;
TYPED_TEST_SUITE(Statistics, formats, reference::format_names);

/// Scales that kernels divide by, one of them below 1, and others: tiny, negative, 0, infinite.
TYPED_TEST(Statistics, CountOneOddElementAtEachPlace) {
  for (const std::uint64_t scale :
       {0x3F800000u, 0x3DCCCCCDu, 0x217FFFFFu, 0xBF400000u, 0x00000000u, 0x7F800000u}) {
    ASSERT_NO_FATAL_FAILURE(expect_all_counted(quantization<float, TypeParam>(), scale));
  }
}

}  // namespace
