// Every code of every format, decoded.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "golden/golden.hpp"
#include "reference/f8_types.hpp"

namespace {

using reference::code_of;
using reference::expected_cast;
using reference::for_each_code;
using reference::for_each_policy;
using reference::format_of;
using reference::is_code;

template <class T>
class Decode : public testing::Test {};
TYPED_TEST_SUITE(Decode, reference::fp8_types, reference::format_names);

TYPED_TEST(Decode, BitsAreTheBytesInMemory) {
  for_each_code<TypeParam>([](TypeParam x, std::uint32_t code) {
    EXPECT_EQ(x.to_bits(), code);
    EXPECT_EQ(code_of(TypeParam::from_bits(code)), code);
  });
}

TYPED_TEST(Decode, ToFloatIsExact) {
  for_each_code<TypeParam>([](TypeParam x, std::uint32_t) {
    const float value = x;
    EXPECT_TRUE(is_code(x, value, expected_cast<float>(x)));
  });
}

template <class To, class From>
void check_cast(From x, f8::conversion how) {
  EXPECT_TRUE(is_code(x, f8::cast<To>(x, how), expected_cast<To>(x, how), how));
}

TYPED_TEST(Decode, CastToWiderTypesIsExact) {
  for_each_policy([](f8::conversion how) {
    for_each_code<TypeParam>([how](TypeParam x, std::uint32_t) {
      check_cast<float>(x, how);
      check_cast<double>(x, how);
      check_cast<f8::float16>(x, how);
      check_cast<f8::bfloat16>(x, how);
    });
  });
}

TEST(Decode, AgreesWithGoldenTables) {
  reference::for_each_type(reference::alias_types{}, [](auto tag) {
    using type = typename decltype(tag)::type;
    std::string peer_name = format_of<type>.name;
    if (peer_name == "e4m3") peer_name = "e4m3fn";
    if (peer_name == "e4m3_ieee") peer_name = "e4m3";
    const auto table = golden::load("decode." + peer_name + ".f32.ml_dtypes");
    ASSERT_EQ(table.size(), 256u);
    for (const auto& row : table) {
      const auto x = reference::value_of<type>(row.first);
      EXPECT_TRUE(is_code(x, static_cast<float>(x), row.code));
      EXPECT_TRUE(is_code(x, f8::cast<float>(x), row.code));
    }
  });
}

TEST(DecodeHalf, ToWiderTypesIsExact) {
  reference::for_each_type(reference::half_types{}, [](auto tag) {
    using half = typename decltype(tag)::type;
    for_each_code<half>([](half x, std::uint32_t) {
      for (const f8::nan_code nan : reference::all_nan_codes) {
        check_cast<float>(x, nan);
        check_cast<double>(x, nan);
      }
    });
  });
}

TEST(DecodeHalf, OperatorFloatIsExact) {
  for_each_code<f8::float16>([](f8::float16 x, std::uint32_t) {
    EXPECT_TRUE(is_code(x, float{x}, expected_cast<float>(x)));
  });
  for_each_code<f8::bfloat16>([](f8::bfloat16 x, std::uint32_t) {
    EXPECT_TRUE(is_code(x, float{x}, expected_cast<float>(x)));
  });
}

}  // namespace
