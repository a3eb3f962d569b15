// cast_stochastic: which of the two neighbours each value of `random` gives, by the law that the
// header states.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "exhaustive/points.hpp"

namespace {

using reference::code_of;
using reference::describe;
using reference::format;
using reference::format_of;
using reference::number;

constexpr std::uint64_t random_values = std::uint64_t{1} << 32;

/// The code that a finite magnitude becomes, once it is rounded to the code `magnitude` or that is
/// too large.
std::uint64_t finish(const format& f, const number& x, std::uint64_t magnitude, f8::overflow over) {
  const reference::policy how{{}, reference::to_reference(over), {}};
  if (magnitude > f.max_finite) return reference::encode_too_large(f, x.negative, how);
  return reference::with_sign(f, magnitude, x.negative);
}

/// What x becomes by the law: it goes up if random + floor(fraction * 2^32) >= 2^32.
std::uint64_t expected_code(const format& f, const number& x, std::uint32_t random,
                            f8::overflow over) {
  if (x.what != reference::kind::finite) {
    return reference::encode(f, x, {{}, reference::to_reference(over), {}});
  }
  const reference::position place = reference::locate(f, x);
  const bool up = random + place.fraction >= random_values;
  return finish(f, x, place.below + (up ? 1 : 0), over);
}

/// The ends of the range of `random`, the two values between which the result changes, and some
/// others.
std::vector<std::uint32_t> randoms(const format& f, const number& x) {
  std::vector<std::uint32_t> list{0, 1, 0x7FFF'FFFF, 0x8000'0000, 0xFFFF'FFFE, 0xFFFF'FFFF};
  if (x.what == reference::kind::finite) {
    const std::uint64_t first_up = random_values - reference::locate(f, x).fraction;
    for (const std::uint64_t random : {first_up - 1, first_up}) {
      if (random < random_values) list.push_back(static_cast<std::uint32_t>(random));
    }
  }
  for (std::uint64_t i = 0; i < 4; ++i)
    list.push_back(static_cast<std::uint32_t>(points::random(i)));
  return list;
}

template <class T, class From>
testing::AssertionResult obeys_the_law(From x, f8::overflow over) {
  const format& f = format_of<T>;
  const number value = reference::number_of(x);
  for (const std::uint32_t random : randoms(f, value)) {
    const std::uint64_t expected = expected_code(f, value, random, over);
    const std::uint64_t got = code_of(f8::cast_stochastic<T>(x, random, over));
    if (got == expected) continue;
    return testing::AssertionFailure()
           << points::text(x) << " to " << f.name << " with random " << random << ", "
           << reference::describe(reference::to_reference(over)) << "\n  expected "
           << describe(f, expected) << "\n  got      " << describe(f, got);
  }
  return testing::AssertionSuccess();
}

template <class T>
class Stochastic : public testing::Test {};
TYPED_TEST_SUITE(Stochastic, reference::alias_types, reference::format_names);

TYPED_TEST(Stochastic, BoundaryDoublesObeyTheLaw) {
  for (const f8::overflow over : reference::all_overflows) {
    for (const double x : points::doubles(format_of<TypeParam>))
      ASSERT_TRUE((obeys_the_law<TypeParam>(x, over)));
  }
}

TYPED_TEST(Stochastic, FloatsObeyTheLaw) {
  for (const double boundary : points::doubles(format_of<TypeParam>)) {
    const auto x = static_cast<float>(boundary);
    ASSERT_TRUE((obeys_the_law<TypeParam>(x, f8::overflow::nonfinite)));
  }
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    // Exponents in and around the format's range.
    const std::uint64_t bits = points::random(i);
    const std::uint64_t field = 127 - 20 + (bits >> 32) % 40;
    const auto x = reference::value_of<float>((bits & 0x807F'FFFF) | field << 23);
    ASSERT_TRUE((obeys_the_law<TypeParam>(x, f8::overflow::saturate)));
  }
}

TYPED_TEST(Stochastic, EveryBfloat16ObeysTheLaw) {
  for (std::uint64_t code = 0; code < 1u << 16; ++code) {
    const auto x = reference::value_of<float>(code << 16);  // the same value
    ASSERT_TRUE((obeys_the_law<TypeParam>(x, f8::overflow::saturate)));
    for (const std::uint32_t random : {0u, 0x5555'5555u, 0xFFFF'FFFFu}) {
      const auto half = reference::value_of<f8::bfloat16>(code);
      ASSERT_EQ(code_of(f8::cast_stochastic<TypeParam>(half, random)),
                code_of(f8::cast_stochastic<TypeParam>(x, random)))
          << describe(half);
    }
  }
}

TYPED_TEST(Stochastic, IntegersAndLongDoublesObeyTheLaw) {
  const format& f = format_of<TypeParam>;
  for (const std::int64_t x : points::integers<std::int64_t>(f)) {
    ASSERT_TRUE((obeys_the_law<TypeParam>(x, f8::overflow::nonfinite)));
  }
  for (const long double x : points::long_doubles(f)) {
    ASSERT_TRUE((obeys_the_law<TypeParam>(x, f8::overflow::nonfinite)));
  }
}

// The law is a probability: of random values evenly spaced over the whole range, as many go up.
TYPED_TEST(Stochastic, EvenlySpacedRandomValuesGiveTheProbability) {
  constexpr std::uint64_t step = 1u << 16;
  for (const float x :
       {1.0625f, -1.03125f, 1.0f + 0.125f / 3, 0.75f * 0x1p-9f, 3.14159265f, 2e-5f}) {
    const auto place = reference::locate(format_of<TypeParam>, reference::number_of(x));
    std::uint64_t ups = 0;
    for (std::uint64_t random = 0; random < random_values; random += step) {
      const auto got = f8::cast_stochastic<TypeParam>(x, static_cast<std::uint32_t>(random));
      ups += reference::magnitude_code(format_of<TypeParam>, code_of(got)) != place.below;
    }
    EXPECT_EQ(ups, place.fraction / step) << x;
  }
}

TEST(Stochastic, NarrowingTo16BitsObeysTheLaw) {
  for (const double x : points::doubles(reference::bfloat16)) {
    ASSERT_TRUE((obeys_the_law<f8::bfloat16>(x, f8::overflow::nonfinite)));
  }
  for (const double x : points::doubles(reference::binary16)) {
    ASSERT_TRUE((obeys_the_law<f8::float16>(x, f8::overflow::nonfinite)));
  }
}

// Most of all where the result is subnormal: of a double's 53 bits all may lie below the last
// place.
TEST(Stochastic, NarrowingToFloatObeysTheLaw) {
  for (const double x : points::doubles(reference::binary32)) {
    ASSERT_TRUE((obeys_the_law<float>(x, f8::overflow::nonfinite)));
  }
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const std::uint64_t field = 1023 - 150 + i % 30;
    const auto x = reference::value_of<double>(points::random(i) >> 12 | field << 52);
    ASSERT_TRUE((obeys_the_law<float>(x, f8::overflow::nonfinite)));
  }
  for (const std::int64_t x : points::integers<std::int64_t>(reference::binary32)) {
    ASSERT_TRUE((obeys_the_law<float>(x, f8::overflow::nonfinite)));
  }
  for (const long double x : points::long_doubles(reference::binary32)) {
    ASSERT_TRUE((obeys_the_law<float>(x, f8::overflow::nonfinite)));
  }
}

}  // namespace
