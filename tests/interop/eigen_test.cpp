// Eigen's matrices of fp8 are matrices of floats that are stored in 8 bits.
#include <gtest/gtest.h>
#include <f8/interop/eigen.hpp>

#include <cmath>
#include <cstdint>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

#include "reference/f8_types.hpp"

namespace {

template <class T>
using matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;

/// All values of a type, in a matrix.
template <class T>
matrix<T> all_values() {
  matrix<T> result(16, 16);
  for (int code = 0; code < 256; ++code)
    result(code / 16, code % 16) = T::from_bits(static_cast<std::uint8_t>(code));
  return result;
}

/// Small integers, whose products and sums are exact in any order.
template <class T>
matrix<T> integers(Eigen::Index rows, Eigen::Index columns, int seed) {
  matrix<T> result(rows, columns);
  for (Eigen::Index i = 0; i < result.size(); ++i)
    result.data()[i] = T{static_cast<int>(i * 7 + seed) % 5 - 2};
  return result;
}

template <class T>
class Eigens : public testing::Test {};
using types = testing::Types<f8::e4m3, f8::e5m2>;
TYPED_TEST_SUITE(Eigens, types, reference::format_names);

TYPED_TEST(Eigens, CastsAreTheLibrarys) {
  const matrix<TypeParam> values = all_values<TypeParam>();
  const Eigen::MatrixXf floats = values.template cast<float>();
  const matrix<TypeParam> back = floats.template cast<TypeParam>();
  const Eigen::MatrixXf large = floats * 1.01f;
  const matrix<TypeParam> rounded = large.template cast<TypeParam>();
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    const TypeParam x = values.data()[i];
    if (isnan(x)) {
      EXPECT_TRUE(std::isnan(floats.data()[i]) && isnan(back.data()[i]));
      continue;
    }
    EXPECT_EQ(floats.data()[i], float{x});
    EXPECT_EQ(back.data()[i].to_bits(), TypeParam{float{x}}.to_bits());
    EXPECT_EQ(rounded.data()[i].to_bits(), TypeParam{float{x} * 1.01f}.to_bits());
  }
}

TYPED_TEST(Eigens, SixteenBitTypesOfEigensAreSourcesAndTargets) {
  for (int code = 0; code < 256; ++code) {
    const auto x = TypeParam::from_bits(static_cast<std::uint8_t>(code));
    if (isnan(x)) continue;
    EXPECT_EQ(f8::cast<Eigen::half>(x).x, f8::float16{x}.to_bits());
    EXPECT_EQ(f8::cast<Eigen::bfloat16>(x).value, f8::bfloat16{x}.to_bits());
    EXPECT_EQ(f8::cast<TypeParam>(Eigen::half(float{x} / 3)).to_bits(),
              TypeParam{f8::float16{float{x} / 3}}.to_bits());
  }
}

// A sum that was kept in e4m3 would stay at 16, where 16 + 1 is 16.
TYPED_TEST(Eigens, ProductsAreAddedInFloat) {
  const matrix<TypeParam> a = integers<TypeParam>(37, 300, 0);
  const matrix<TypeParam> b = integers<TypeParam>(300, 5, 1);
  const Eigen::MatrixXf c = a * b;
  const Eigen::MatrixXf mixed = a * b.template cast<float>();
  const matrix<TypeParam> rounded = (a * b).template cast<TypeParam>();
  const Eigen::MatrixXf transposed = b.transpose() * a.transpose();
  for (Eigen::Index i = 0; i < c.rows(); ++i) {
    for (Eigen::Index j = 0; j < c.cols(); ++j) {
      float sum = 0;
      for (Eigen::Index k = 0; k < a.cols(); ++k) sum += float{a(i, k)} * float{b(k, j)};
      ASSERT_EQ(c(i, j), sum);
      ASSERT_EQ(mixed(i, j), sum);
      ASSERT_EQ(transposed(j, i), sum);
      ASSERT_EQ(rounded(i, j).to_bits(), TypeParam{sum}.to_bits());
    }
  }
}

TYPED_TEST(Eigens, ArithmeticGivesFloats) {
  const matrix<TypeParam> a = integers<TypeParam>(8, 8, 0);
  const matrix<TypeParam> b = integers<TypeParam>(8, 8, 3);
  const Eigen::MatrixXf sum = a + b;
  const Eigen::MatrixXf scaled = a * 0.3f;
  const Eigen::MatrixXf with_floats = a + sum;
  static_assert(std::is_same_v<typename decltype(a + b)::Scalar, float>);
  for (Eigen::Index i = 0; i < a.size(); ++i) {
    const float x = a.data()[i];
    const float y = b.data()[i];
    EXPECT_EQ(sum.data()[i], x + y);
    EXPECT_EQ(scaled.data()[i], x * 0.3f);
    EXPECT_EQ(with_floats.data()[i], x + (x + y));
  }
}

TYPED_TEST(Eigens, BytesAreAMatrix) {
  std::vector<TypeParam> weights(6, TypeParam{1.5f});
  const Eigen::Map<const matrix<TypeParam>> map(weights.data(), 2, 3);
  const Eigen::VectorXf y = map * Eigen::VectorXf::Constant(3, 2);
  EXPECT_EQ(y, Eigen::VectorXf::Constant(2, 9));
}

TYPED_TEST(Eigens, PrintsEachValueAsAlone) {
  const matrix<TypeParam> values = all_values<TypeParam>();
  std::stringstream printed;
  printed << values;
  for (int code = 0; code < 256; ++code) {
    std::ostringstream alone;
    alone << TypeParam::from_bits(static_cast<unsigned>(code));
    std::string text;
    printed >> text;
    ASSERT_EQ(text, alone.str()) << code;
  }
}

TYPED_TEST(Eigens, HasTheTypesLimits) {
  using traits = Eigen::NumTraits<TypeParam>;
  using limits = std::numeric_limits<TypeParam>;
  EXPECT_EQ(traits::highest().to_bits(), limits::max().to_bits());
  EXPECT_EQ(traits::lowest().to_bits(), limits::lowest().to_bits());
  EXPECT_EQ(traits::epsilon().to_bits(), limits::epsilon().to_bits());
  static_assert(traits::IsSigned && !traits::IsInteger && !traits::IsComplex);
}

}  // namespace
