// Formats whose bias is far from the usual one, near where kernels change to another method and at
// the ends of what is allowed: to wider types every code, from float every boundary.
#include <gtest/gtest.h>

#include "kernels/sample.hpp"

namespace reference {

/// What formats of a shape and a style have but the bias, as they are printed for one with the
/// usual bias.
constexpr format shape(int exponent_bits, f8::special_values style) {
  if (style == f8::special_values::fnuz) return {"fnuz", 0, 0, 0, 0x7F, 0, 0};
  if (style == f8::special_values::fn) return {"fn", 0, 0, 0, 0x7E, 0, 0x7F};
  switch (exponent_bits) {
    case 2:
      return format_of<e2m5>;
    case 3:
      return e3m4;
    case 4:
      return e4m3_ieee;
    case 5:
      return e5m2;
    default:
      return format_of<e6m1>;
  }
}

template <int E, int M, f8::special_values S, int Bias>
inline constexpr format format_of<f8::fp8<E, M, S, Bias>> = {
    "this format", E, M, Bias, shape(E, S).max_finite, shape(E, S).infinity, shape(E, S).quiet_nan};

}  // namespace reference

namespace {

using kernel_test::conversions;
using kernel_test::expect_agreement;
using kernel_test::float_stride;

template <int E, int Bias>
using ieee = f8::fp8<E, 7 - E, f8::special_values::ieee, Bias>;
template <int E, int Bias>
using fn = f8::fp8<E, 7 - E, f8::special_values::fn, Bias>;
template <int E, int Bias>
using fnuz = f8::fp8<E, 7 - E, f8::special_values::fnuz, Bias>;

/// f<T>() for every T of a list, of which a failure says what T is.
template <class List, class Function>
void for_each_format(Function f) {
  reference::for_each_type(List{}, [&](auto tag) {
    using type = typename decltype(tag)::type;
    constexpr reference::format format = reference::format_of<type>;
    SCOPED_TRACE(testing::Message() << "exponents of " << format.exponent_bits << " bits, bias "
                                    << format.bias << ", largest code " << format.max_finite);
    f(tag);
  });
}

conversions each_nan_code() {
  return {reference::all_nan_codes.begin(), reference::all_nan_codes.end()};
}

using extremes =
    testing::Types<ieee<2, -125>, ieee<3, 127>, fnuz<4, 111>, fnuz<4, 124>, fnuz<5, 95>, fn<5, 127>,
                   fn<5, -96>, fnuz<6, 63>, fnuz<6, 127>, fn<6, -64>>;

TEST(Biases, EveryCodeToFloat) {
  for_each_format<extremes>(
      [](auto from) { expect_agreement<float, typename decltype(from)::type>(each_nan_code()); });
}

/// Where float16's range ends.
using beside_float16 = testing::Types<fn<3, 16>, fnuz<4, 15>, fnuz<4, 16>, fnuz<5, 18>>;

TEST(Biases, EveryCodeToFloat16) {
  for_each_format<beside_float16>([](auto from) {
    expect_agreement<f8::float16, typename decltype(from)::type>(each_nan_code());
  });
}

/// The least and the largest exponents that encoders take, and the next.
using encoded =
    testing::Types<fnuz<4, 101>, ieee<5, 117>, fnuz<5, 118>, ieee<5, -72>, ieee<5, -75>>;

TEST(Biases, FloatsAboutEveryBoundary) {
  for_each_format<encoded>([](auto to) {
    expect_agreement<typename decltype(to)::type, float>(kernel_test::plain_conversions(),
                                                         float_stride());
  });
}

}  // namespace
