// Each layer's backward pass against differences of its forward pass, and the functions beneath.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "functions.hpp"
#include "layers.hpp"

namespace {

using namespace accuracy;

const precision exact{"float32", f32, f32, f32};

double dot(const Matrix& a, const Matrix& b) {
  return a.cast<double>().cwiseProduct(b.cast<double>()).sum();
}

/// The slope of f(x + t d) at t = 0. With t = 2^-6, what a cubic term adds and what rounding in
/// float does to f, 2^-24 / t of its size for each operation, are both below 1 in 1000.
template <class Function>
double slope(Function f, Matrix& x, const Matrix& d) {
  const Matrix at = x;
  constexpr float t = 0x1p-6f;
  x = at + t * d;
  const double above = f();
  x = at - t * d;
  const double below = f();
  x = at;
  return (above - below) / (2 * t);
}

/// The layer's result, multiplied with fixed numbers and added up, is one number. Its gradient by
/// x, and by each parameter, must give the slope of that number along random directions.
void check(layer& tested, Matrix x, bool by_x = true) {
  arithmetic in(exact);
  random_numbers random(5);
  const Matrix y = tested.forward(x, in);
  const Matrix fixed = random.matrix(y.rows(), y.cols(), 1);
  const Matrix dx = tested.backward(fixed, in);
  const auto f = [&] { return dot(tested.forward(x, in), fixed); };
  const auto agree = [&](Matrix& at, const Matrix& gradient) {
    for (int direction = 0; direction < 8; ++direction) {
      const Matrix d = random.matrix(at.rows(), at.cols(), 0.5);
      const double size = gradient.norm() * d.norm() / std::sqrt(static_cast<double>(at.size()));
      EXPECT_NEAR(slope(f, at, d), dot(gradient, d), 4e-3 * size + 1e-3);
      EXPECT_GT(size, 0);
    }
  };
  if (by_x) agree(x, dx);
  for (parameter* p : tested.parameters()) agree(p->value, Matrix(p->gradient));
}

Matrix numbers(Index rows, Index columns) {
  return random_numbers(3).matrix(rows, columns, 1);
}

/// Different numbers, none nearer to another or to zero than 1/8: no step of `slope` changes which
/// is the larger.
Matrix far_apart(Index rows, Index columns) {
  Matrix x(rows, columns);
  for (Index i = 0; i < x.size(); ++i) {
    x(i) = (static_cast<float>(i * 7 % x.size()) - static_cast<float>(x.size()) / 2 + 0.5f) / 4;
  }
  return x;
}

TEST(Gradient, Linear) {
  random_numbers random(1);
  linear tested(19, 5, random);
  check(tested, numbers(33, 19));
}

TEST(Gradient, Convolution) {
  random_numbers random(1);
  convolution tested(4, 3, 2, random);
  check(tested, numbers(6, 3 * 16));
}

TEST(Gradient, MaxPool) {
  max_pool tested(4);
  check(tested, far_apart(5, 2 * 16));
}

TEST(Gradient, Relu) {
  relu tested;
  check(tested, far_apart(9, 4));
}

TEST(Gradient, LayerNorm) {
  layer_norm tested(12);
  check(tested, numbers(7, 12));
}

TEST(Gradient, Attention) {
  random_numbers random(1);
  attention tested(8, 2, 5, random);
  check(tested, numbers(3 * 5, 8));
}

TEST(Gradient, Embedding) {
  random_numbers random(1);
  embedding tested(4, 3, 8, random);
  Matrix symbols(6, 1);
  symbols << 0, 3, 1, 1, 2, 3;
  check(tested, symbols, false);
}

TEST(Gradient, Residual) {
  random_numbers random(1);
  residual tested;
  tested.add<layer_norm>(6);
  tested.add<linear>(6, 6, random);
  check(tested, numbers(4, 6));
}

TEST(Gradient, CrossEntropy) {
  Matrix scores = numbers(4, 6), gradient;
  const std::vector<int> labels{5, 0, 2, 2};
  cross_entropy(scores, labels, 8, &gradient);
  const Matrix d = numbers(4, 6);
  const auto f = [&] { return 8 * cross_entropy(scores, labels, 1, nullptr); };
  EXPECT_NEAR(slope(f, scores, d), dot(gradient, d), 4e-3 * gradient.norm() * d.norm());
}

/// Rounding changes gradients by a few percent. A scale forgotten, or one for another, by more.
TEST(Gradient, InFp8IsNearTheExact) {
  random_numbers random(1);
  attention tested(8, 2, 5, random);
  Matrix& w = tested.weights()[0]->value;
  w.leftCols(8) *= 2;  // query, key and value have scales apart
  w.rightCols(8) *= 8;
  const Matrix x = numbers(4 * 5, 8), dy = numbers(4 * 5, 8) / 100;
  const auto gradients = [&](const precision& how) {
    arithmetic in(how);
    std::vector<Matrix> all{tested.forward(x, in), tested.backward(dy, in)};
    for (parameter* p : tested.weights()) all.push_back(p->gradient);
    return all;
  };
  const std::vector<Matrix> in32 = gradients(exact), in8 = gradients(headline);
  for (std::size_t i = 0; i < in32.size(); ++i) {
    EXPECT_LT((in8[i] - in32[i]).norm(), 0.15 * in32[i].norm()) << i;
    EXPECT_GT((in8[i] - in32[i]).norm(), 0) << i;
  }
}

TEST(Attention, LooksAtNothingLater) {
  random_numbers random(1);
  attention tested(8, 2, 5, random);
  arithmetic in(exact);
  Matrix x = numbers(5, 8);
  const Matrix before = tested.forward(x, in);
  x.row(3).setConstant(9);
  const Matrix after = tested.forward(x, in);
  EXPECT_EQ(before.topRows(3), after.topRows(3));
  EXPECT_NE(before.row(3), after.row(3));
}

TEST(Convolution, IsWhatItsDefinitionSays) {
  random_numbers random(1);
  constexpr Index side = 3, in_channels = 2, out_channels = 3;
  convolution tested(side, in_channels, out_channels, random);
  arithmetic in(exact);
  const Matrix x = numbers(2, in_channels * side * side);
  const Matrix y = tested.forward(x, in), w = tested.weights()[0]->value;
  for (Index image = 0; image < 2; ++image) {
    for (Index out = 0; out < out_channels * side * side; ++out) {
      double sum = 0;
      for (Index c = 0; c < in_channels; ++c) {
        for (Index near = 0; near < 9; ++near) {
          const Index row = out % 9 / side + near / 3 - 1, column = out % side + near % 3 - 1;
          if (row < 0 || row >= side || column < 0 || column >= side) continue;
          sum += double{x(image, c * 9 + row * side + column)} * w(c * 9 + near, out / 9);
        }
      }
      EXPECT_NEAR(y(image, out), sum, 1e-5);
    }
  }
}

// float's sums of n products differ from exact ones by n 2^-24 of their magnitudes at most.
TEST(Product, IsTheProduct) {
  for (const Index n : {1, 7, 8, 300}) {
    const Matrix a = numbers(n, 21), b = numbers(21, 5), c = numbers(n, 5);
    Matrix ab = Matrix::Zero(n, 5), atc = Matrix::Zero(21, 5);
    add_product(a, b, ab);
    add_transposed_product(a, c, atc);
    EXPECT_LT((ab.cast<double>() - a.cast<double>() * b.cast<double>()).norm(), 1e-5 * ab.norm());
    EXPECT_LT((atc.cast<double>() - a.transpose().cast<double>() * c.cast<double>()).norm(),
              1e-4 * atc.norm());
    EXPECT_NEAR(sum_of(a.col(0)), a.col(0).cast<double>().sum(), 1e-4);
  }
}

TEST(Operand, IsTheCodesInUnitsOfTheirScale) {
  const Matrix x = numbers(40, 30) * 100;
  for (const rounding_to& how : {e4m3, by_channel(e4m3), int8, by_channel(int8)}) {
    arithmetic in({"", how, how, how});
    const operand rounded = in.weights(x);
    for (Index j = 0; j < x.cols(); ++j) {
      const Matrix back = rounded.values.col(j) * rounded.scale(j);
      const float absmax =
          (how.scales == scaling::tensor ? x : Matrix(x.col(j))).cwiseAbs().maxCoeff();
      // The error is half of the last place at most: for e4m3 2^-4 of the value, or 2^-10 of the
      // scale where it is subnormal; for int8 half of 1/127 of the largest magnitude.
      const bool is_int8 = how.type == format::int8;
      for (Index i = 0; i < x.rows(); ++i) {
        const float error =
            is_int8 ? absmax / 127 / 2 : std::max(std::abs(x(i, j)) / 16, absmax / 448 / 1024);
        EXPECT_NEAR(back(i), x(i, j), error * 1.00001f);
      }
      if (how.scales == scaling::channel) {
        EXPECT_EQ(rounded.values.col(j).cwiseAbs().maxCoeff(), is_int8 ? 127 : 448);
      }
    }
  }
}

TEST(Operand, IsNotScaledWithoutScaling) {
  arithmetic in({"", unscaled(e4m3), nonsaturating(unscaled(e4m3)), unscaled(e5m2)});
  Matrix x(1, 3);
  x << 1000, 1e-5f, 1;
  Matrix saturated(1, 3);
  saturated << 448, 0, 1;
  EXPECT_EQ(in.weights(x).values, saturated);
  EXPECT_TRUE(std::isnan(in.activations(x).values(0)));
  EXPECT_EQ(in.of_weights.saturated, 1u);
  EXPECT_EQ(in.of_weights.underflowed, 1u);
}

// exp_of and its like are compared with the C library's functions, within the errors that they
// state.
TEST(Functions, ExpAndLog) {
  for (int i = -87 * 64; i <= 0; ++i) {
    const float x = static_cast<float>(i) / 64;
    const double y = std::exp(static_cast<double>(x));
    EXPECT_NEAR(exp_of(x), y, y * 0x1p-22) << x;
  }
  EXPECT_EQ(exp_of(-1000), exp_of(-87));
  EXPECT_TRUE(std::isnan(exp_of(std::numeric_limits<float>::quiet_NaN())));
  for (double x = 1e-38; x < 1e3; x *= 1.01) {
    EXPECT_NEAR(log_of(x), std::log(x), 1e-14 * std::max(1.0, std::abs(std::log(x)))) << x;
  }
}

}  // namespace
