// e8m0: decoded against the golden table, encoded against an oracle of its own and the golden
// tables.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "exhaustive/points.hpp"
#include "exhaustive/sweep.hpp"
#include "golden/golden.hpp"
#include "reference/f8_types.hpp"

namespace {

using f8::e8m0;
using f8::e8m0_conversion;
using f8::e8m0_negative;
using f8::e8m0_zero;
using f8::overflow;
using f8::rounding;
using reference::kind;
using reference::magnitude;
using reference::make_magnitude;
using reference::number;
using reference::run_table;

constexpr std::uint64_t nan = 0xFF;
constexpr std::uint64_t largest = 0xFE;

/// 2^(code - 127), for codes beyond the largest too.
magnitude power(std::uint64_t code) {
  return make_magnitude(1, static_cast<int>(code) - 127);
}

bool rounds_away(const magnitude& x, std::uint64_t below, rounding round) {
  const magnitude midpoint = make_magnitude(3, static_cast<int>(below) - 128);
  switch (round) {
    case rounding::nearest_even:  // with one significant bit no code is even: the larger one of a
                                  // tie (4.3.1)
    case rounding::nearest_away:
      return !(x < midpoint);
    case rounding::upward:
      return power(below) < x;
    case rounding::to_odd:
      return power(below) < x && below % 2 == 0;
    case rounding::toward_zero:
    case rounding::downward:
      return false;
  }
  return false;
}

std::uint64_t encode(const number& x, e8m0_conversion how) {
  if (x.what == kind::nan) return nan;
  const bool is_zero = x.what == kind::finite && reference::is_zero(x.size);
  if (is_zero) return how.zero == e8m0_zero::nan ? nan : 0;
  if (x.negative && how.negative == e8m0_negative::nan) return nan;
  if (x.what == kind::infinite) return how.over == overflow::saturate ? largest : nan;
  if (x.size < power(0)) return 0;
  std::uint64_t code = 0;
  while (code <= largest && !(x.size < power(code + 1))) ++code;
  if (rounds_away(x.size, code, how.round)) ++code;
  if (code <= largest) return code;
  const bool towards_zero = how.round == rounding::toward_zero || how.round == rounding::downward ||
                            how.round == rounding::to_odd;
  return how.over == overflow::nonfinite && !towards_zero ? nan : largest;
}

run_table expected_runs(e8m0_conversion how) {
  run_table table;
  const auto converted = [&](std::uint64_t bits) {
    return encode(reference::decode(reference::binary32, bits), how);
  };
  for (const std::uint64_t sign : {0u, 0x8000'0000u}) {
    for (const auto& [first, last] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
             {0, 0}, {1, 0x7F7F'FFFF}, {0x7F80'0000, 0x7F80'0000}, {0x7F80'0001, 0x7FFF'FFFF}}) {
      reference::append_monotone_runs(table, sign | first, sign | last, converted);
    }
  }
  return table;
}

constexpr std::uint64_t floats = std::uint64_t{1} << 32;

template <std::uint32_t Stride, class Convert>
testing::AssertionResult is_table(const run_table& table, Convert convert) {
  const auto found = sweep::check<Stride>(table, floats, [=](std::uint32_t bits) {
    return std::uint32_t{convert(reference::value_of<float>(bits)).to_bits()};
  });
  if (!found) return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << reference::describe(reference::binary32, found->input) << " became " << found->got
         << ", expected " << found->expected;
}

TEST(E8m0, DecodesAsTheGoldenTable) {
  for (const auto& row : golden::load("decode.e8m0fnu.f32.ml_dtypes")) {
    const e8m0 x = e8m0::from_bits(static_cast<unsigned>(row.first));
    EXPECT_EQ(x.to_bits(), row.first);
    EXPECT_EQ(reference::code_of(float{x}), row.code) << row.first;
    EXPECT_EQ(reference::code_of(f8::cast<float>(x)), row.code) << row.first;
  }
}

TEST(E8m0, CastsToOtherTypesRoundThePower) {
  for (unsigned code = 0; code < 0xFF; ++code) {
    const e8m0 x = e8m0::from_bits(code);
    const number value{kind::finite, false, power(code)};
    EXPECT_EQ(reference::code_of(f8::cast<double>(x)), reference::expected_code<double>(value))
        << code;
    EXPECT_EQ(reference::code_of(f8::cast<f8::bfloat16>(x)),
              reference::expected_code<f8::bfloat16>(value))
        << code;
    EXPECT_EQ(reference::code_of(f8::cast<f8::float16>(x)),
              reference::expected_code<f8::float16>(value))
        << code;
    EXPECT_EQ(reference::code_of(f8::cast<f8::e4m3>(x)), reference::expected_code<f8::e4m3>(value))
        << code;
    EXPECT_EQ(reference::code_of(f8::cast<f8::e5m2>(x)), reference::expected_code<f8::e5m2>(value))
        << code;
  }
}

TEST(E8m0, FloatsRoundAsEveryConversionSays) {
  for (const rounding round : reference::all_roundings) {
    for (const overflow over : reference::all_overflows) {
      for (const e8m0_zero zero : {e8m0_zero::smallest, e8m0_zero::nan}) {
        for (const e8m0_negative negative : {e8m0_negative::magnitude, e8m0_negative::nan}) {
          const e8m0_conversion how{round, over, zero, negative};
          EXPECT_TRUE(is_table<16381>(expected_runs(how),
                                      [how](float x) { return f8::cast<e8m0>(x, how); }))
              << describe(reference::to_reference({round, over}))
              << (zero == e8m0_zero::nan ? ", 0 is NaN" : "")
              << (negative == e8m0_negative::nan ? ", negative is NaN" : "");
        }
      }
    }
  }
}

TEST(E8m0, OtherSourcesRoundOnce) {
  std::vector<double> doubles;
  for (int code = -25; code < 260; ++code) {
    const magnitude m =
        code % 2 == 0 ? make_magnitude(1, code / 2 - 127) : make_magnitude(3, code / 2 - 128);
    const std::uint64_t bits = reference::encode(reference::binary64, {kind::finite, false, m});
    for (const std::uint64_t neighbour : {bits - 1, bits, bits + 1})
      points::append_with_both_signs(doubles, neighbour);
  }
  for (const rounding round : reference::all_roundings) {
    const f8::conversion how{round, overflow::nonfinite};
    for (const double x : doubles) {
      ASSERT_EQ(f8::cast<e8m0>(x, how).to_bits(),
                encode(reference::number_of(x), {round, overflow::nonfinite}))
          << reference::describe(x);
    }
    for (const std::int64_t x : points::integers<std::int64_t>(reference::e5m2)) {
      ASSERT_EQ(f8::cast<e8m0>(x, how).to_bits(),
                encode(reference::number_of(x), {round, overflow::nonfinite}))
          << x;
    }
  }
}

TEST(E8m0, ConstructorIsTheDefaultCast) {
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const auto x = reference::value_of<float>(points::random(i) >> 32);
    ASSERT_EQ(e8m0(x).to_bits(), encode(reference::number_of(x), {})) << reference::describe(x);
  }
}

TEST(E8m0, CudaUpward) {
  const auto table = golden::load("e8m0fnu.f32.satfinite.posinf.cuda13");
  EXPECT_TRUE(
      is_table<1>(table, [](float x) { return f8::cast<e8m0>(x, f8::stack::cuda_e8m0_upward); }));
}

TEST(E8m0, CudaTowardZero) {
  const auto table = golden::load("e8m0fnu.f32.satfinite.zero.cuda13");
  EXPECT_TRUE(is_table<1>(
      table, [](float x) { return f8::cast<e8m0>(x, f8::stack::cuda_e8m0_toward_zero); }));
}

// Between 2^-127 and 1.5 * 2^-127, ml_dtypes gives 2^-126 although 2^-127 is nearer. That is the
// one difference.
TEST(E8m0, MlDtypesExceptBelowTheFirstMidpoint) {
  auto table = golden::load("e8m0fnu.f32.nosat.rne.ml_dtypes");
  ASSERT_EQ(table[2], (reference::run{0x0040'0001, 0x01}));
  table[2].first = 0x0060'0000;
  EXPECT_TRUE(
      is_table<1>(table, [](float x) { return f8::cast<e8m0>(x, f8::stack::ml_dtypes_e8m0); }));
}

// What stacks without a table do, operand by operand.
TEST(E8m0, StacksDifferWhereTheySay) {
  const float infinity = reference::value_of<float>(0x7F80'0000);
  const auto codes = [&](e8m0_conversion how) {
    std::vector<unsigned> result;
    for (const float x : {1.5f, 0.0f, -4.0f, infinity, 0x1.8p127f})
      result.push_back(f8::cast<e8m0>(x, how).to_bits());
    return result;
  };
  using list = std::vector<unsigned>;
  EXPECT_EQ(codes(f8::stack::ml_dtypes_e8m0), (list{128, 255, 255, 255, 255}));
  EXPECT_EQ(codes(f8::stack::pytorch_e8m0), (list{128, 0, 129, 255, 255}));
  EXPECT_EQ(codes(f8::stack::cuda_e8m0_upward), (list{128, 0, 129, 254, 254}));
  EXPECT_EQ(codes(f8::stack::onednn_e8m0), (list{127, 0, 129, 255, 254}));
}

}  // namespace
