// All 65,536 pairs of codes of every format: comparison, order, and the compound operations.
#include <gtest/gtest.h>

#include <cstdint>

#include "reference/f8_types.hpp"
#include "reference/order.hpp"

namespace {

using reference::code_of;
using reference::decode;
using reference::describe;
using reference::format;
using reference::format_of;
using reference::number;

template <class T, class Function>
void for_each_pair(Function f) {
  reference::for_each_code<T>([&](T x, std::uint32_t) {
    reference::for_each_code<T>([&](T y, std::uint32_t) { f(x, y); });
  });
}

template <class T>
class Pairs : public testing::Test {};
TYPED_TEST_SUITE(Pairs, reference::fp8_types, reference::format_names);

TYPED_TEST(Pairs, CompareAsTheirExactValues) {
  for_each_pair<TypeParam>([](TypeParam x, TypeParam y) {
    const number a = decode(format_of<TypeParam>, code_of(x));
    const number b = decode(format_of<TypeParam>, code_of(y));
    const bool below = reference::less(a, b);
    const bool above = reference::less(b, a);
    const bool same = reference::equal(a, b);
    const bool right = (x < y) == below && (x > y) == above && (x == y) == same &&
                       (x != y) == !same && (x <= y) == (below || same) &&
                       (x >= y) == (above || same);
    EXPECT_TRUE(right) << describe(x) << " against " << describe(y) << ": < " << (x < y)
                       << ", == " << (x == y) << ", > " << (x > y);
  });
}

TYPED_TEST(Pairs, OrderKeyIsThePlaceInTotalOrder) {
  const auto codes = reference::total_order(format_of<TypeParam>);
  for (std::size_t place = 0; place < codes.size(); ++place) {
    const auto x = reference::value_of<TypeParam>(codes[place]);
    EXPECT_EQ(f8::order_key(x), place) << describe(x);
  }
}

TYPED_TEST(Pairs, TotalLessIsTotalOrder) {
  for_each_pair<TypeParam>([](TypeParam x, TypeParam y) {
    EXPECT_EQ(f8::total_less{}(x, y),
              reference::totally_less(format_of<TypeParam>, code_of(x), code_of(y)))
        << describe(x) << " against " << describe(y);
  });
}

/// One rounding of an exact double to float, as float's operation does, and one to T, as its
/// constructor does. (A quotient in double has more than twice float's precision and two bits:
/// rounding it again changes nothing.)
template <class T>
std::uint64_t round_through_float(double exact) {
  const reference::policy to_infinity{{}, reference::overflow::nonfinite, {}};
  const std::uint64_t bits =
      reference::encode(reference::binary32, reference::number_of(exact), to_infinity);
  return reference::encode(format_of<T>, decode(reference::binary32, bits));
}

/// The sign of a NaN that an operation makes is the processor's choice.
bool same_result(const format& f, std::uint64_t got, std::uint64_t expected) {
  return reference::is_nan(f, expected) ? reference::is_nan(f, got) : got == expected;
}

template <class T>
void check_compound(T x, char operation, T y, T got, double exact) {
  const std::uint64_t expected = round_through_float<T>(exact);
  EXPECT_TRUE(same_result(format_of<T>, code_of(got), expected))
      << describe(x) << ' ' << operation << "= " << describe(y) << " became " << describe(got)
      << ", expected " << describe(format_of<T>, expected);
}

double exactly(float x) {
  return static_cast<double>(x);
}

template <class T>
class Compound : public testing::Test {};
TYPED_TEST_SUITE(Compound, reference::alias_types, reference::format_names);

TYPED_TEST(Compound, OperationsRoundTheFloatResultOnce) {
  for_each_pair<TypeParam>([](TypeParam x, TypeParam y) {
    const double a = exactly(x);
    const double b = exactly(y);
    TypeParam sum = x;
    TypeParam difference = x;
    TypeParam product = x;
    TypeParam quotient = x;
    check_compound(x, '+', y, sum += y, a + b);
    check_compound(x, '-', y, difference -= y, a - b);
    check_compound(x, '*', y, product *= y, a * b);
    check_compound(x, '/', y, quotient /= y, a / b);
  });
}

TYPED_TEST(Compound, OperationsReturnTheirLeftSide) {
  TypeParam x{1.0f};
  EXPECT_EQ(&(x += 1.0f), &x);
  EXPECT_EQ(&(x -= 1.0f), &x);
  EXPECT_EQ(&(x *= 1.0f), &x);
  EXPECT_EQ(&(x /= 1.0f), &x);
}

}  // namespace
