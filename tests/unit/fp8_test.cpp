// The type as C++ sees it: layout, what compiles and what must not, whose arithmetic it has.
#include "f8/fp8.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <sstream>
#include <type_traits>
#include <unordered_set>
#include <utility>

#include "f8/f8.hpp"
#include "reference/f8_types.hpp"

namespace {

using f8::e4m3;
using f8::e5m2;

template <class T>
constexpr bool is_plain_byte =
    sizeof(T) == 1 && alignof(T) == 1 &&
    std::is_trivial_v<T>&& std::is_standard_layout_v<T>&& std::is_trivially_copyable_v<
        T>&& std::has_unique_object_representations_v<T>;
static_assert(is_plain_byte<e4m3> && is_plain_byte<e5m2> && is_plain_byte<f8::e3m4>);
static_assert(is_plain_byte<f8::e4m3_ieee> && is_plain_byte<f8::e4m3fnuz>);
static_assert(is_plain_byte<f8::e5m2fnuz> && is_plain_byte<f8::e4m3b11fnuz> &&
              is_plain_byte<f8::e8m0>);

static_assert(std::is_same_v<f8::fp8<4, 3>, e4m3> && std::is_same_v<f8::e4m3fn, e4m3>);
static_assert(std::is_same_v<f8::fp8<5, 2, f8::special_values::ieee, 15>, e5m2>);

static_assert(f8::is_fp8_v<e4m3> && f8::is_fp8_v<const e5m2> && f8::is_fp8_v<volatile f8::e3m4> &&
              f8::is_fp8_v<const volatile f8::fp8<6, 1, f8::special_values::fnuz, 40>>);
static_assert(!f8::is_fp8_v<f8::e8m0> && !f8::is_fp8_v<f8::float16> && !f8::is_fp8_v<float> &&
              !f8::is_fp8_v<e4m3&> && !f8::is_fp8_v<unsigned char> && !f8::is_fp8_v<void>);
static_assert(std::is_base_of_v<std::true_type, f8::is_fp8<e4m3>>);

#if defined(__cpp_nontype_template_args) && __cpp_nontype_template_args >= 201911L
// A value is a template argument, and equal where the codes are: -0 is not +0, and NaN is itself.
template <auto X>
struct of_value {
  static constexpr unsigned bits = X.to_bits();
};
template <e4m3 X>
struct of_e4m3 : of_value<X> {};
static_assert(of_e4m3<e4m3{0.5f}>::bits == e4m3{0.5f}.to_bits());
static_assert(of_value<f8::float16{1}>::bits == 0x3C00 &&
              of_value<f8::bfloat16{1}>::bits == 0x3F80);
static_assert(of_value<f8::e8m0{1}>::bits == 127 && of_value<f8::e5m2fnuz{}>::bits == 0);
template <unsigned... Code>
constexpr bool every_code_is_an_argument(std::integer_sequence<unsigned, Code...>) {
  return (... && (of_e4m3<e4m3::from_bits(Code)>::bits == Code));
}
static_assert(every_code_is_an_argument(std::make_integer_sequence<unsigned, 256>()));
static_assert(!std::is_same_v<of_e4m3<e4m3{0.0f}>, of_e4m3<e4m3{-0.0f}>>);
static_assert(std::is_same_v<of_e4m3<e4m3::from_bits(0x7F)>, of_e4m3<e4m3::from_bits(0x7F)>>);
#endif

template <int E, int M>
constexpr int deduced_exponent_bits(f8::fp8<E, M>) {
  return E;
}
static_assert(deduced_exponent_bits(e4m3{}) == 4 && deduced_exponent_bits(e5m2{}) == 5);

// A conversion to fp8 has to be written; one from fp8 need not be, and is one to float.
template <class T, class S>
constexpr bool only_explicit =
    std::is_constructible_v<T, S> && !std::is_convertible_v<S, T> && !std::is_assignable_v<T&, S>;
static_assert(only_explicit<e4m3, float> && only_explicit<e4m3, double> &&
              only_explicit<e4m3, long double>);
static_assert(only_explicit<e4m3, int> && only_explicit<e4m3, std::int8_t> &&
              only_explicit<e4m3, std::size_t>);
static_assert(only_explicit<e4m3, e5m2> && only_explicit<e4m3, f8::float16> &&
              only_explicit<e4m3, f8::e8m0>);
static_assert(std::is_convertible_v<e4m3, float> && std::is_convertible_v<e4m3, double>);
static_assert(std::is_nothrow_constructible_v<e4m3, float>);

// Truth values, characters and pointers do not become fp8, neither by a constructor nor by a cast.
template <class T, class... S>
constexpr bool refuses = (... && !std::is_constructible_v<T, S>);
template <class... T>
constexpr bool refuse_what_is_no_number =
    (... && refuses<T, bool, char, wchar_t, char16_t, char32_t, void*, const char*>);
static_assert(refuse_what_is_no_number<e4m3, e5m2, f8::e4m3_ieee, f8::e3m4, f8::e4m3fnuz,
                                       f8::e5m2fnuz, f8::e4m3b11fnuz>);
static_assert(refuse_what_is_no_number<f8::float16, f8::bfloat16, f8::e8m0>);
#if defined(__cpp_char8_t)
static_assert(refuses<e4m3, char8_t> && refuses<f8::bfloat16, char8_t> &&
              refuses<f8::e8m0, char8_t>);
#endif

// Constants and arrays of constants.
constexpr std::array<e4m3, 3> constants{e4m3{1.0f}, e4m3::from_bits(0x7E), e4m3{}};
static_assert(constants[0] == 1 && constants[1] == 448 && constants[2].to_bits() == 0);
static_assert([] {
  e4m3 x{2};
  x += 0.25f;
  x *= x;
  x -= 1;
  x /= 2.0f;
  return x == 2.0f;
}());

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // float's own: int and size_t do not fit in it
#pragma GCC diagnostic ignored "-Wfloat-conversion"
#if defined(__clang__)
#pragma GCC diagnostic ignored "-Wimplicit-int-float-conversion"
#endif
/// The type of a mixed operation is what it is for float, and so is its value.
template <class Other>
void expect_float_arithmetic_with(Other other) {
  const e4m3 x{1.5f};
  const float f = 1.5f;
  static_assert(std::is_same_v<decltype(x + other), decltype(f + other)>);
  static_assert(std::is_same_v<decltype(other * x), decltype(other * f)>);
  static_assert(std::is_same_v<decltype(x < other), bool>);
  EXPECT_TRUE(x - other == f - other);
  EXPECT_TRUE(other / x == other / f);
  EXPECT_EQ(x < other, f < other);
  EXPECT_EQ(x >= other, f >= other);
  EXPECT_EQ(other == x, other == f);
  EXPECT_EQ(x != other, f != other);
  e4m3 sum = x;
  sum += other;
  EXPECT_EQ(sum.to_bits(), e4m3{f + static_cast<float>(other)}.to_bits());
  e4m3 product = x;
  product *= other;
  EXPECT_EQ(product.to_bits(), e4m3{f * static_cast<float>(other)}.to_bits());
}

TEST(Fp8, MixesWithEveryArithmeticTypeAsFloatDoes) {
  expect_float_arithmetic_with(short{2});
  expect_float_arithmetic_with(3);
  expect_float_arithmetic_with(3u);
  expect_float_arithmetic_with(-4LL);
  expect_float_arithmetic_with(std::size_t{17});
  expect_float_arithmetic_with(1.01f);
  expect_float_arithmetic_with(1.01);
  expect_float_arithmetic_with(1.01L);
  expect_float_arithmetic_with(e4m3{3});
  expect_float_arithmetic_with(e5m2{3});
  expect_float_arithmetic_with(f8::e4m3fnuz{3});
  expect_float_arithmetic_with(f8::float16{3});
  expect_float_arithmetic_with(f8::bfloat16{3});
#if F8_TEST_FLOAT16
  expect_float_arithmetic_with(static_cast<_Float16>(1.25f));
#endif
}
#pragma GCC diagnostic pop

// Others convert the other operand to fp8 first, and find that 1 == 1.01 and that x + 17 adds 16.
TEST(Fp8, NeverNarrowsTheOtherOperand) {
  EXPECT_FALSE(e4m3{1} == 1.01f);
  EXPECT_EQ(e4m3{1} + 17, 18.0f);
  EXPECT_EQ(e4m3{448} * e4m3{448}, 200704.0f);
}

TEST(Fp8, WorksWithTheStandardLibrary) {
  const e4m3 x{1};
  const e4m3 y{2};
  EXPECT_EQ(std::max(x, y), y);
  EXPECT_FALSE(std::isnan(x));
  EXPECT_TRUE(std::isnan(e4m3::from_bits(0xFF)));
  std::map<e4m3, int> counts;
  ++counts[x], ++counts[y], ++counts[x];
  EXPECT_EQ(counts[x], 2);
  const std::unordered_set<e4m3> set{x, y, x, e4m3{-0.0f}, e4m3{0.0f}};
  EXPECT_EQ(set.size(), 3u);
  const float f = x;
  EXPECT_EQ(f, 1.0f);
  std::ostringstream out;
  out << e4m3{65};  // not 'A'
  EXPECT_EQ(out.str(), "64");
}

TEST(Fp8, TruthIsThatOfTheFloat) {
  EXPECT_TRUE(static_cast<bool>(e4m3{0.5f}));
  EXPECT_FALSE(static_cast<bool>(e4m3{-0.0f}));
}

TEST(Fp8, RawBitsGoInAndOutByNameOnly) {
  for (unsigned code = 0; code < 256; ++code) EXPECT_EQ(e4m3::from_bits(code).to_bits(), code);
  EXPECT_EQ(e4m3{std::uint8_t{0x38}}, 56.0f);  // a number, not a code
}

}  // namespace
