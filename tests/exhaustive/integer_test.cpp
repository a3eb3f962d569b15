// cast from every integer type to every alias.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "exhaustive/points.hpp"

namespace {

using reference::format_of;

/// All values of a type of one or two bytes; those at the boundaries of f of a wider one.
template <class Integer>
std::vector<Integer> operands(const reference::format& f) {
  if constexpr (sizeof(Integer) > 2) {
    return points::integers<Integer>(f);
  } else {
    std::vector<Integer> all;
    for (std::uint32_t bits = 0; bits < 1u << 8 * sizeof(Integer); ++bits)
      all.push_back(static_cast<Integer>(bits));
    return all;
  }
}

template <class T>
class Integers : public testing::Test {};
TYPED_TEST_SUITE(Integers, reference::alias_types, reference::format_names);

using integer_types = testing::Types<signed char, unsigned char, short, unsigned short, int,
                                     unsigned, long, unsigned long, long long, unsigned long long>;

TYPED_TEST(Integers, RoundOnceUnderEveryConversion) {
  reference::for_each_type(integer_types{}, [](auto tag) {
    using integer = typename decltype(tag)::type;
    const auto list = operands<integer>(format_of<TypeParam>);
    if constexpr (sizeof(integer) == 2) {
      for (const f8::rounding round : reference::all_roundings) {
        for (const integer x : list) {
          ASSERT_TRUE((points::agrees<TypeParam>(x, {round, f8::overflow::nonfinite})));
        }
      }
    } else {
      points::check_under_every_conversion<TypeParam>(list);
    }
  });
}

#if F8_TEST_INT128
TYPED_TEST(Integers, OfSixteenBytesRoundOnceUnderEveryConversion) {
  const auto& f = format_of<TypeParam>;
  points::check_under_every_conversion<TypeParam>(points::integers<reference::int128>(f));
  points::check_under_every_conversion<TypeParam>(points::integers<reference::uint128>(f));
}
#endif

TYPED_TEST(Integers, ConstructorIsCast) {
  for (const long long x : points::integers<long long>(format_of<TypeParam>)) {
    EXPECT_EQ(reference::code_of(TypeParam(x)),
              reference::encode(format_of<TypeParam>, reference::number_of(x)))
        << x;
  }
}

// e6m1 and the formats that binary64 has reach beyond 64 bits, where the others have overflowed
// long before.
TEST(Integers, RoundOnceInWideRanges) {
  points::check_under_every_conversion<reference::e6m1>(
      points::integers<std::int64_t>(format_of<reference::e6m1>));
  points::check_under_every_conversion<reference::e6m1>(
      points::integers<std::uint64_t>(format_of<reference::e6m1>));
}

}  // namespace
