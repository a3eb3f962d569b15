#include "f8/core/codec.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>

#include "f8/fp8.hpp"
#include "reference/f8_types.hpp"

namespace {

using f8::detail::decode;
using f8::detail::directed;
using f8::detail::encode;
using reference::format_of;

template <class T>
class Codec : public testing::Test {};
TYPED_TEST_SUITE(Codec, reference::fp8_types, reference::format_names);

// x == encode(decode(x)), under every policy that leaves infinities and NaNs what they are.
TYPED_TEST(Codec, EncodeUndoesDecode) {
  using format = typename TypeParam::format;
  for (std::uint32_t code = 0; code < 256; ++code) {
    for (const f8::rounding round : reference::all_roundings) {
      const directed rounder{{round, f8::overflow::saturate_finite, f8::nan_code::quiet}};
      const std::uint32_t expected = reference::is_nan(format_of<TypeParam>, code)
                                         ? (code & format::sign_bit) | format::quiet_nan
                                         : code;
      EXPECT_EQ((encode<format, f8::binary32>(decode<f8::binary32, format>(code), rounder)),
                expected)
          << reference::describe(format_of<TypeParam>, code) << ", "
          << reference::describe(reference::to_reference(round));
      EXPECT_EQ((encode<format, f8::binary64>(decode<f8::binary64, format>(code), rounder)),
                expected)
          << reference::describe(format_of<TypeParam>, code) << ", "
          << reference::describe(reference::to_reference(round));
    }
  }
}

// The increment that a rounder adds carries into the last place exactly where the rule of the
// rounding says so: shown on all patterns of 5 bits, of which 3 are cut off.
TEST(Rounder, CarriesWhereTheRuleSays) {
  constexpr std::uint32_t half = 4;
  for (std::uint32_t x = 0; x < 32; ++x) {
    const std::uint32_t kept = x >> 3;
    const std::uint32_t cut = x & 7;
    const bool odd = (kept & 1) != 0;
    const auto carries = [&](f8::rounding round, std::uint32_t negative) {
      return ((x + directed{round}.increment(negative, half, kept)) >> 3) != kept;
    };
    for (const std::uint32_t negative : {0u, 1u}) {
      SCOPED_TRACE(std::to_string(kept) + " and " + std::to_string(cut) + "/8" +
                   (negative != 0 ? ", negative" : ""));
      EXPECT_EQ(carries(f8::rounding::nearest_even, negative), cut > 4 || (cut == 4 && odd));
      EXPECT_EQ(carries(f8::rounding::nearest_away, negative), cut >= 4);
      EXPECT_FALSE(carries(f8::rounding::toward_zero, negative));
      EXPECT_EQ(carries(f8::rounding::upward, negative), cut != 0 && negative == 0);
      EXPECT_EQ(carries(f8::rounding::downward, negative), cut != 0 && negative == 1);
      EXPECT_EQ(carries(f8::rounding::to_odd, negative), cut != 0 && !odd);
    }
  }
}

// round() may find the sum of a magnitude and its increment in another way than by adding.
TEST(Rounder, RoundsAsIfItAddedItsIncrement) {
  constexpr std::uint32_t half = 4;
  for (std::uint32_t x = 0; x < 64; ++x) {
    for (const f8::rounding round : reference::all_roundings) {
      for (const std::uint32_t negative : {0u, 1u}) {
        const directed rounder{round};
        EXPECT_EQ(rounder.round(x, half, negative) >> 3,
                  (x + rounder.increment(negative, half, x >> 3)) >> 3)
            << x << ' ' << reference::describe(reference::to_reference(round));
      }
    }
  }
}

TEST(Rounder, StochasticAddsARandomFraction) {
  for (int place = 1; place < 64; ++place) {
    const std::uint64_t half = std::uint64_t{1} << (place - 1);
    for (const std::uint32_t random : {0u, 1u, 12345u, 0x7FFFFFFFu, 0x80000000u, 0xFFFFFFFFu}) {
      const double exact = std::ldexp(static_cast<double>(random), place - 32);
      EXPECT_EQ((f8::detail::stochastic{random, {}}.increment(0, half, 0)),
                static_cast<std::uint64_t>(std::floor(exact)))
          << place << ' ' << random;
    }
  }
}

TEST(ShiftRightSticky, KeepsThatSomethingWasLost) {
  for (std::uint32_t x = 0; x < 64; ++x) {
    for (std::uint32_t places = 0; places < 8; ++places) {
      const std::uint32_t lost = x % (1u << places);
      EXPECT_EQ(f8::detail::shift_right_sticky(x, places),
                x / (1u << places) | (lost != 0 ? 1u : 0u));
    }
  }
}

}  // namespace
