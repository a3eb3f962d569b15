// The names of the types against the systems' own tables, copied here.
#include "f8/interchange.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "reference/f8_types.hpp"

namespace {

// DLDataTypeCode of dlpack.h 1.3: the names and numbers that it has for floating-point types.
enum DLDataTypeCode : unsigned {
  kDLFloat = 2U,
  kDLBfloat = 4U,
  kDLFloat8_e3m4 = 7U,
  kDLFloat8_e4m3 = 8U,
  kDLFloat8_e4m3b11fnuz = 9U,
  kDLFloat8_e4m3fn = 10U,
  kDLFloat8_e4m3fnuz = 11U,
  kDLFloat8_e5m2 = 12U,
  kDLFloat8_e5m2fnuz = 13U,
  kDLFloat8_e8m0fnu = 14U,
};

static_assert(f8::dlpack_code<f8::e4m3> == kDLFloat8_e4m3fn);
static_assert(f8::dlpack_code<f8::e4m3_ieee> == kDLFloat8_e4m3);
static_assert(f8::dlpack_code<f8::e4m3fnuz> == kDLFloat8_e4m3fnuz);
static_assert(f8::dlpack_code<f8::e4m3b11fnuz> == kDLFloat8_e4m3b11fnuz);
static_assert(f8::dlpack_code<f8::e5m2> == kDLFloat8_e5m2);
static_assert(f8::dlpack_code<f8::e5m2fnuz> == kDLFloat8_e5m2fnuz);
static_assert(f8::dlpack_code<f8::e3m4> == kDLFloat8_e3m4);
static_assert(f8::dlpack_code<f8::e8m0> == kDLFloat8_e8m0fnu);
static_assert(f8::dlpack_code<f8::float16> == kDLFloat);
static_assert(f8::dlpack_code<f8::bfloat16> == kDLBfloat);
static_assert(f8::dlpack_code<float> == kDLFloat && f8::dlpack_code<double> == kDLFloat);

// The enum Dtype of safetensors 0.8, as serialized.
static_assert(f8::safetensors_dtype<f8::e4m3> == "F8_E4M3");
static_assert(f8::safetensors_dtype<f8::e5m2> == "F8_E5M2");
static_assert(f8::safetensors_dtype<f8::e4m3fnuz> == "F8_E4M3FNUZ");
static_assert(f8::safetensors_dtype<f8::e5m2fnuz> == "F8_E5M2FNUZ");
static_assert(f8::safetensors_dtype<f8::e8m0> == "F8_E8M0");
static_assert(f8::safetensors_dtype<f8::float16> == "F16");
static_assert(f8::safetensors_dtype<f8::bfloat16> == "BF16");
static_assert(f8::safetensors_dtype<float> == "F32" && f8::safetensors_dtype<double> == "F64");

template <class T, class = void>
constexpr bool in_dlpack = false;
template <class T>
constexpr bool in_dlpack<T, std::void_t<decltype(f8::dlpack_code<T>)>> = true;

template <class T, class = void>
constexpr bool in_safetensors = false;
template <class T>
constexpr bool in_safetensors<T, std::void_t<decltype(f8::safetensors_dtype<T>)>> = true;

TEST(Interchange, EveryAliasIsInDlpackAndNoOtherFormat) {
  EXPECT_TRUE(in_dlpack<f8::e8m0> && in_dlpack<f8::float16> && in_dlpack<double>);
  EXPECT_FALSE(in_dlpack<reference::e2m5> || in_dlpack<reference::e5m2fn> || in_dlpack<int>);
  reference::for_each_type(reference::alias_types{}, [](auto tag) {
    using type = typename decltype(tag)::type;
    EXPECT_TRUE(in_dlpack<type>) << reference::format_of<type>.name;
  });
}

TEST(Interchange, WhatSafetensorsDoesNotHaveDoesNotCompile) {
  EXPECT_TRUE(in_safetensors<f8::e4m3> && in_safetensors<f8::e8m0> && in_safetensors<float>);
  EXPECT_FALSE(in_safetensors<f8::e3m4> || in_safetensors<f8::e4m3_ieee> ||
               in_safetensors<f8::e4m3b11fnuz> || in_safetensors<reference::e6m1>);
}

}  // namespace
