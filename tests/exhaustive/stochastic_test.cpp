// cast_stochastic: the result is one of two neighbours, and how many values of `random` give which
// is the distance.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
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

/// The number of values of `random` for which x becomes `above`. They are the last ones or the
/// first ones if `random` is heard monotonically, which `unmixed` reports from a sample.
template <class T, class From>
std::uint64_t count(From x, f8::overflow over, std::uint64_t above, bool& unmixed) {
  const auto goes_up = [&](std::uint64_t random) {
    return code_of(f8::cast_stochastic<T>(x, static_cast<std::uint32_t>(random), over)) == above;
  };
  std::uint64_t down = 0;  // some random that rounds down; past the last is up
  std::uint64_t up = random_values;
  if (goes_up(0)) return random_values;
  while (up - down > 1) {
    const std::uint64_t middle = down + (up - down) / 2;
    (goes_up(middle) ? up : down) = middle;
  }
  for (std::uint64_t i = 0; i < 16; ++i) {
    const std::uint64_t random = i << 28 | (points::random(i) >> 36);
    unmixed = unmixed && goes_up(random) == (random >= up);
  }
  return random_values - up;
}

template <class T, class From>
testing::AssertionResult obeys_the_law(From x, f8::overflow over) {
  const format& f = format_of<T>;
  const number value = reference::number_of(x);
  const auto convert = [&](std::uint32_t random) {
    return code_of(f8::cast_stochastic<T>(x, random, over));
  };
  const auto failure = [&](const std::string& what) {
    return testing::AssertionFailure()
           << points::text(x) << " to " << f.name << ", " << what << ": random 0 gives "
           << describe(f, convert(0)) << ", 2^32 - 1 gives " << describe(f, convert(0xFFFF'FFFF));
  };

  const std::uint64_t expected_always =
      reference::encode(f, value, {{}, reference::to_reference(over), {}});
  const bool certain = value.what != reference::kind::finite;
  const reference::position place = certain ? reference::position{} : reference::locate(f, value);
  const std::uint64_t below = certain ? expected_always : finish(f, value, place.below, over);
  const std::uint64_t above = certain ? expected_always : finish(f, value, place.below + 1, over);

  if (certain || place.exact || below == above) {
    for (const std::uint32_t random : {0u, 1u, 0x7FFF'FFFFu, 0x8000'0000u, 0xFFFF'FFFFu}) {
      if (convert(random) != below) return failure("always " + describe(f, below));
    }
    return testing::AssertionSuccess();
  }
  for (std::uint64_t i = 0; i < 8; ++i) {
    const std::uint64_t got = convert(static_cast<std::uint32_t>(points::random(i)));
    if (got != below && got != above) return failure(describe(f, got) + " is no neighbour");
  }
  bool unmixed = true;
  const std::uint64_t ups = count<T>(x, over, above, unmixed);
  if (!unmixed) return failure("not monotone in random");
  const std::uint64_t difference =
      ups > place.fraction ? ups - place.fraction : place.fraction - ups;
  if (difference > 2) {
    return failure(std::to_string(ups) + " values of random round up, not " +
                   std::to_string(place.fraction));
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

// The count itself, not only its two ends: random values evenly spaced over the whole range.
TYPED_TEST(Stochastic, EvenlySpacedRandomValuesGiveTheProbability) {
  for (const float x :
       {1.0625f, -1.03125f, 1.0f + 0.125f / 3, 0.75f * 0x1p-9f, 3.14159265f, 2e-5f}) {
    const auto place = reference::locate(format_of<TypeParam>, reference::number_of(x));
    std::uint64_t ups = 0;
    for (std::uint64_t random = 0; random < random_values; random += 1u << 16) {
      const auto got = f8::cast_stochastic<TypeParam>(x, static_cast<std::uint32_t>(random));
      ups += reference::magnitude_code(format_of<TypeParam>, code_of(got)) != place.below;
    }
    EXPECT_NEAR(static_cast<double>(ups), static_cast<double>(place.fraction >> 16), 1) << x;
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

}  // namespace
