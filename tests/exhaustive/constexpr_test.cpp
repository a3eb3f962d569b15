// The compiler is an oracle too: in a constant expression nothing undefined passes. Laws that
// static_assert states are proved by this file's compilation; the tests compare what the compiler
// computed with what the processor computes.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "reference/f8_types.hpp"

namespace {

using reference::format_of;

constexpr std::uint32_t bits(float x) {
  return __builtin_bit_cast(std::uint32_t, x);
}
constexpr float to_float(std::uint32_t x) {
  return __builtin_bit_cast(float, x);
}

/// operator float of all 256 codes.
template <class T>
constexpr bool decodes_exactly() {
  for (unsigned code = 0; code < 256; ++code) {
    const auto x = reference::decode(format_of<T>, code);
    const auto expected =
        reference::encode(reference::binary32, x, {{}, reference::overflow::nonfinite, {}});
    if (bits(T::from_bits(code)) != expected) return false;
  }
  return true;
}

static_assert(decodes_exactly<f8::e4m3>());
static_assert(decodes_exactly<f8::e5m2>());
static_assert(decodes_exactly<f8::e4m3_ieee>());
static_assert(decodes_exactly<f8::e3m4>());
static_assert(decodes_exactly<f8::e4m3fnuz>());
static_assert(decodes_exactly<f8::e5m2fnuz>());
static_assert(decodes_exactly<f8::e4m3b11fnuz>());
static_assert(decodes_exactly<reference::e2m5>());
static_assert(decodes_exactly<reference::e6m1>());
static_assert(decodes_exactly<reference::e5m2fn>());
static_assert(decodes_exactly<reference::e3m4b9fnuz>());

/// cast of the floats at, just below and just above each midpoint, and of what is too large; both
/// signs.
template <class T>
constexpr bool rounds_at_midpoints(f8::conversion how) {
  const reference::format f = format_of<T>;
  for (std::uint64_t code = 0; code <= f.max_finite + 1; ++code) {
    const reference::number midpoint{reference::kind::finite, false,
                                     size_of_code(reference::refined(f, 1), 2 * code + 1)};
    const auto middle =
        static_cast<std::uint32_t>(reference::encode(reference::binary32, midpoint));
    for (const std::uint32_t near : {middle - 1, middle, middle + 1}) {
      for (const std::uint32_t x : {near, near | 0x8000'0000u}) {
        const auto expected = reference::encode(f, reference::decode(reference::binary32, x),
                                                reference::to_reference(how));
        if (f8::cast<T>(to_float(x), how).to_bits() != expected) return false;
      }
    }
  }
  return true;
}

static_assert(rounds_at_midpoints<f8::e4m3>({}));
static_assert(rounds_at_midpoints<f8::e5m2>({}));
static_assert(rounds_at_midpoints<f8::e4m3_ieee>(f8::overflow::nonfinite));
static_assert(rounds_at_midpoints<f8::e3m4>(f8::rounding::nearest_away));
static_assert(rounds_at_midpoints<f8::e4m3fnuz>(f8::rounding::upward));
static_assert(rounds_at_midpoints<f8::e5m2fnuz>(f8::rounding::downward));
static_assert(rounds_at_midpoints<f8::e4m3b11fnuz>(f8::rounding::to_odd));

/// The codes of a list of operands under every rounding.
template <class To, class From, std::size_t N>
constexpr std::array<std::uint8_t, 6 * N> codes(const std::array<From, N>& operands) {
  std::array<std::uint8_t, 6 * N> result{};
  for (std::size_t i = 0; i < result.size(); ++i) {
    const f8::rounding round = reference::all_roundings[i / N];
    result[i] = f8::cast<To>(operands[i % N], {round, f8::overflow::nonfinite}).to_bits();
  }
  return result;
}

/// The list as a processor sees it, which the compiler cannot look through.
template <class From, std::size_t N>
std::array<From, N> at_run_time(const std::array<From, N>& operands) {
  std::array<From, N> copies{};
  for (std::size_t i = 0; i < N; ++i) {
    const volatile From hidden = operands[i];
    copies[i] = hidden;
  }
  return copies;
}

constexpr std::array<float, 12> floats{0.0f,       -0.0f,     1.0625f,  to_float(0x3F88'0001),
                                       464.0f,     465.0f,    0x1p-10f, 0x3p-11f,
                                       0x1.8p-17f, -57345.0f, 1e-45f,   3e38f};
constexpr std::array<double, 10> doubles{0.0,
                                         -1.0625,
                                         0x1.1000000000001p0,
                                         464.0000000000001,
                                         61440.0,
                                         -0x1p-10,
                                         0x1.0000000000001p-10,
                                         0x1p-1074,
                                         -1.7e308,
                                         0x1.fffffffffffffp-18};
constexpr std::array<long double, 9> long_doubles{0.0L,
                                                  -1.0625L,
                                                  464.00000000000001L,
                                                  1.0625L + 0x1p-60L,
                                                  0x1p-10L,
                                                  -0x1.8p-17L,
                                                  std::numeric_limits<long double>::denorm_min(),
                                                  -61440.0L,
                                                  1e300L};
constexpr std::array<std::int64_t, 9> integers{0,   -1,     17,        -23,      464,
                                               465, -61441, INT64_MAX, INT64_MIN};

template <class To>
constexpr auto codes_of_floats = codes<To>(floats);
template <class To>
constexpr auto codes_of_doubles = codes<To>(doubles);
template <class To>
constexpr auto codes_of_long_doubles = codes<To>(long_doubles);
template <class To>
constexpr auto codes_of_integers = codes<To>(integers);

template <class T>
class Constexpr : public testing::Test {};
TYPED_TEST_SUITE(Constexpr, reference::alias_types, reference::format_names);

TYPED_TEST(Constexpr, CastsGiveTheSameAtRunTime) {
  EXPECT_EQ(codes_of_floats<TypeParam>, codes<TypeParam>(at_run_time(floats)));
  EXPECT_EQ(codes_of_doubles<TypeParam>, codes<TypeParam>(at_run_time(doubles)));
  EXPECT_EQ(codes_of_long_doubles<TypeParam>, codes<TypeParam>(at_run_time(long_doubles)));
  EXPECT_EQ(codes_of_integers<TypeParam>, codes<TypeParam>(at_run_time(integers)));
}

// A use in each kind of constant expression.
static_assert(f8::e4m3(0.1).to_bits() == 0x1D);
static_assert(f8::cast<f8::e5m2>(f8::e4m3(448.0f)).to_bits() == f8::e5m2(448).to_bits());
static_assert(f8::cast_stochastic<f8::e4m3>(1.0625f, 0).to_bits() == 0x38);
static_assert(f8::cast_stochastic<f8::e4m3>(1.0625f, 0xFFFF'FFFF).to_bits() == 0x39);
static_assert(f8::order_key(f8::e4m3(1.0f)) < f8::order_key(f8::e4m3(1.125f)));
static_assert(f8::cast<float>(f8::float16(1.0009765625)) == 1.0009765625f);
static_assert([] {
  f8::e4m3 x(1.0f);
  x += 0.5f;
  x *= 4.0f;
  return x == 6.0f;
}());
constexpr std::array<f8::e4m3, 3> constants{f8::e4m3(1.0f), f8::e4m3(2), f8::e4m3(0.5)};
static_assert(constants[0] + constants[1] == 3.0f);

}  // namespace
