// Which types cast takes. What it gives is tested over every input in tests/exhaustive.
#include "f8/cast.hpp"

#include <gtest/gtest.h>

#include <cfloat>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>

#include "f8/fp8.hpp"
#include "reference/f8_types.hpp"

namespace foreign {
/// Somebody else's half precision, as Eigen, c10 or CUDA have one.
struct half {
  std::uint16_t bits;
};
}  // namespace foreign

template <>
struct f8::float_traits<foreign::half> {
  using format = f8::binary16;
  static constexpr std::uint16_t to_bits(foreign::half x) { return x.bits; }
  static constexpr foreign::half from_bits(std::uint16_t bits) { return {bits}; }
};

namespace {

using f8::cast;
using f8::e4m3;

template <class To, class From, class = void>
struct can_cast : std::false_type {};
template <class To, class From>
struct can_cast<To, From, std::void_t<decltype(cast<To>(std::declval<From>()))>> : std::true_type {
};

static_assert(can_cast<e4m3, float>::value && can_cast<e4m3, double>::value);
static_assert(can_cast<e4m3, long double>::value && can_cast<e4m3, f8::e5m2>::value);
static_assert(can_cast<e4m3, signed char>::value && can_cast<e4m3, std::uint8_t>::value);
static_assert(can_cast<e4m3, long long>::value && can_cast<e4m3, unsigned long>::value);
static_assert(can_cast<float, e4m3>::value && can_cast<double, e4m3>::value);
static_assert(!can_cast<e4m3, bool>::value && !can_cast<e4m3, char>::value);
static_assert(!can_cast<e4m3, wchar_t>::value && !can_cast<e4m3, char16_t>::value);
static_assert(!can_cast<e4m3, char32_t>::value && !can_cast<e4m3, std::string>::value);
static_assert(!can_cast<e4m3, f8::rounding>::value && !can_cast<e4m3, void*>::value);
static_assert(!can_cast<int, float>::value && !can_cast<std::string, e4m3>::value);
#if defined(__cpp_char8_t)
static_assert(!can_cast<e4m3, char8_t>::value);
#endif
static_assert(noexcept(cast<e4m3>(1.0f)) && noexcept(f8::cast_stochastic<e4m3>(1.0f, 0u)));

// Constants of every kind of source, which also proves the absence of undefined behaviour for them.
static_assert(cast<e4m3>(464.0f).to_bits() == 0x7E);
static_assert(cast<e4m3>(465.0f, f8::overflow::nonfinite).to_bits() == 0x7F);
static_assert(cast<e4m3>(-17.0).to_bits() == 0xD8);
static_assert(cast<e4m3>(1.0625L).to_bits() == 0x38);
static_assert(cast<e4m3>(1.0625L + std::numeric_limits<long double>::epsilon()).to_bits() == 0x39);
static_assert(cast<e4m3>(std::numeric_limits<long double>::infinity()).to_bits() == 0x7E);
static_assert(cast<e4m3>(-std::numeric_limits<long double>::quiet_NaN()).to_bits() == 0xFF);
static_assert(cast<e4m3>(std::numeric_limits<long double>::denorm_min(), f8::rounding::upward)
                  .to_bits() == 1);
static_assert(cast<e4m3>(-std::numeric_limits<long double>::max()).to_bits() == 0xFE);
static_assert(cast<e4m3>(-0.0L).to_bits() == 0x80);
static_assert(cast<e4m3>(std::numeric_limits<std::int64_t>::min()).to_bits() == 0xFE);
static_assert(cast<e4m3>(std::int8_t{-1}).to_bits() == 0xB8);
static_assert(cast<e4m3>(std::uint8_t{200}).to_bits() == 0x74);
static_assert(cast<double>(std::int64_t{(1LL << 53) + 1}, f8::rounding::upward) == 0x1p53 + 2);
#if LDBL_MANT_DIG > 53
// Exponents beyond double's once wrapped around in 64 bits, and Inf became 1.
static_assert(cast<double>(0x1p16379L, f8::overflow::nonfinite) ==
              std::numeric_limits<double>::infinity());
#endif
static_assert(cast<double>(std::numeric_limits<long double>::infinity(), f8::overflow::nonfinite) ==
              std::numeric_limits<double>::infinity());
static_assert(cast<float>(1e-300, f8::rounding::upward) ==
              std::numeric_limits<float>::denorm_min());
static_assert(f8::cast_stochastic<e4m3>(1.0625f, 0x80000000u) == 1.125f);
static_assert(f8::cast_stochastic<e4m3>(1.0625f, 0x7FFFFFFFu) == 1.0f);

TEST(Cast, TaughtTypesAreSourcesAndTargets) {
  for (std::uint32_t code = 0; code < 0x10000; ++code) {
    const foreign::half x{static_cast<std::uint16_t>(code)};
    const auto same = f8::float16::from_bits(code);
    ASSERT_EQ(cast<e4m3>(x).to_bits(), cast<e4m3>(same).to_bits()) << reference::describe(same);
    ASSERT_EQ(e4m3(x).to_bits(), e4m3(same).to_bits()) << reference::describe(same);
    ASSERT_EQ(f8::cast_stochastic<f8::e5m2>(x, code * 65537).to_bits(),
              f8::cast_stochastic<f8::e5m2>(same, code * 65537).to_bits());
  }
  reference::for_each_code<e4m3>([](e4m3 x, std::uint32_t) {
    EXPECT_EQ(cast<foreign::half>(x).bits, cast<f8::float16>(x).to_bits())
        << reference::describe(x);
  });
}

// A constant and a run-time long double take different ways to their bits.
template <class T>
constexpr e4m3 constant_cast = cast<e4m3>(T::value);
struct third {
  static constexpr long double value = 1.0L / 3;
};
struct subnormal {
  static constexpr long double value = 0x1.8p-9L;
};
struct largest {
  static constexpr long double value = 463.999999999999999999L;
};
TEST(Cast, LongDoubleConstantsEqualRunTimeValues) {
  volatile long double x = third::value;
  EXPECT_EQ(cast<e4m3>(static_cast<long double>(x)).to_bits(), constant_cast<third>.to_bits());
  x = subnormal::value;
  EXPECT_EQ(cast<e4m3>(static_cast<long double>(x)).to_bits(), constant_cast<subnormal>.to_bits());
  x = largest::value;
  EXPECT_EQ(cast<e4m3>(static_cast<long double>(x)).to_bits(), constant_cast<largest>.to_bits());
}

}  // namespace
