#include "f8/codec.hpp"

#include <gtest/gtest.h>

#include <cstdint>

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
          << reference::describe(format_of<TypeParam>, code)
          << reference::describe(reference::to_reference(round));
      EXPECT_EQ((encode<format, f8::binary64>(decode<f8::binary64, format>(code), rounder)),
                expected)
          << reference::describe(format_of<TypeParam>, code)
          << reference::describe(reference::to_reference(round));
    }
  }
}

// What a rounder adds has to carry exactly where its rule says so: all patterns of 5 bits cut
// off 3.
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
      EXPECT_EQ(carries(f8::rounding::nearest_even, negative), cut > 4 || (cut == 4 && odd));
      EXPECT_EQ(carries(f8::rounding::nearest_away, negative), cut >= 4);
      EXPECT_FALSE(carries(f8::rounding::toward_zero, negative));
      EXPECT_EQ(carries(f8::rounding::upward, negative), cut != 0 && negative == 0);
      EXPECT_EQ(carries(f8::rounding::downward, negative), cut != 0 && negative == 1);
      EXPECT_EQ(carries(f8::rounding::to_odd, negative), cut != 0 && !odd);
    }
  }
}

// random / 2^32 of the last place, for words of both sizes and wherever the last place stands.
template <class Word>
void expect_random_fraction_of_the_last_place() {
  for (unsigned place = 1; place < 8 * sizeof(Word); ++place) {
    const Word half = Word{1} << (place - 1);
    for (const std::uint32_t random : {0u, 1u, 12345u, 0x7FFFFFFFu, 0x80000000u, 0xFFFFFFFFu}) {
      const f8::detail::stochastic rounder{random, {}};
      const long double expected =
          static_cast<long double>(random) * static_cast<long double>(half) / 2147483648.0L;
      EXPECT_EQ(rounder.increment(Word{0}, half, Word{0}), static_cast<Word>(expected))
          << place << ' ' << random;
    }
  }
}
TEST(Rounder, StochasticAddsARandomFraction) {
  if (std::numeric_limits<long double>::digits < 64) GTEST_SKIP() << "needs 64 bits of long double";
  expect_random_fraction_of_the_last_place<std::uint32_t>();
  expect_random_fraction_of_the_last_place<std::uint64_t>();
}

}  // namespace
