// Layers of networks: forward, and backward by hand.
//
// A batch is a matrix with a row for each example: an image, or a position in a text. An image's
// columns are its channels, each of side * side pixels, row by row.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "operand.hpp"
#include "random.hpp"

namespace accuracy {

/// A tensor that is trained, in float, with what the optimizer keeps for it. Once stored, it is its
/// codes alone, and `value` is NaN.
struct parameter {
  explicit parameter(Matrix initial)
      : value(std::move(initial)),
        gradient(Matrix::Zero(value.rows(), value.cols())),
        mean(gradient),
        square(gradient) {}

  operand rounded(arithmetic& in) const { return codes ? in.load(*codes) : in.weights(value); }

  Matrix value, gradient, mean, square;
  std::optional<stored> codes;
};

class layer {
 public:
  layer() = default;
  layer(const layer&) = delete;
  layer(layer&&) = delete;
  layer& operator=(const layer&) = delete;
  layer& operator=(layer&&) = delete;
  virtual ~layer() = default;

  virtual Matrix forward(const Matrix& x, arithmetic& in) = 0;

  /// After forward(x), from the gradient of the loss by its result: sets the gradients of the
  /// parameters and returns the gradient by x. (Not of use, and empty, for inputs from the data.)
  virtual Matrix backward(const Matrix& dy, arithmetic& in) = 0;

  /// All parameters, and those that are the weights of matrix products.
  virtual std::vector<parameter*> parameters() { return {}; }
  virtual std::vector<parameter*> weights() { return {}; }
};

/// What a layer reads: the data, which need no gradient, or another layer's result.
enum class source { data, layer };

/// x W + b.
class linear : public layer {
 public:
  linear(Index in, Index out, random_numbers& random, source from = source::layer);
  Matrix forward(const Matrix& x, arithmetic& in) override;
  Matrix backward(const Matrix& dy, arithmetic& in) override;
  std::vector<parameter*> parameters() override { return {&weight_, &bias_}; }
  std::vector<parameter*> weights() override { return {&weight_}; }

 private:
  parameter weight_, bias_;
  source from_;
  operand x_, w_;
};

/// A convolution of 3 x 3 pixels that keeps the image's size, as the product of a matrix that has a
/// row for each pixel of each image, and a column for each pixel around it in each channel.
class convolution : public layer {
 public:
  convolution(Index side, Index in, Index out, random_numbers& random, source from = source::layer);
  Matrix forward(const Matrix& x, arithmetic& in) override;
  Matrix backward(const Matrix& dy, arithmetic& in) override;
  std::vector<parameter*> parameters() override { return product_.parameters(); }
  std::vector<parameter*> weights() override { return product_.weights(); }

 private:
  template <class Copy>
  void for_neighbours(Copy copy) const;

  Index side_, channels_;
  source from_;
  linear product_;
};

/// The largest of each 2 x 2 pixels.
class max_pool : public layer {
 public:
  explicit max_pool(Index side) : side_(side) {}
  Matrix forward(const Matrix& x, arithmetic& in) override;
  Matrix backward(const Matrix& dy, arithmetic& in) override;

 private:
  Index corner(Index column, Index which) const;

  Index side_;
  Matrix x_, y_;
};

class relu : public layer {
 public:
  Matrix forward(const Matrix& x, arithmetic& in) override;
  Matrix backward(const Matrix& dy, arithmetic& in) override;

 private:
  Matrix y_;
};

/// Each row less its mean, over its standard deviation, times a gain, plus a bias.
class layer_norm : public layer {
 public:
  explicit layer_norm(Index width);
  Matrix forward(const Matrix& x, arithmetic& in) override;
  Matrix backward(const Matrix& dy, arithmetic& in) override;
  std::vector<parameter*> parameters() override { return {&gain_, &bias_}; }

 private:
  parameter gain_, bias_;
  Matrix normalized_;
  Vector inverse_deviation_;
};

/// A vector for each symbol plus one for each place; x has one column, of symbols.
class embedding : public layer {
 public:
  embedding(Index symbols, Index places, Index width, random_numbers& random);
  Matrix forward(const Matrix& x, arithmetic& in) override;
  Matrix backward(const Matrix& dy, arithmetic& in) override;
  std::vector<parameter*> parameters() override { return {&symbols_, &places_}; }

 private:
  parameter symbols_, places_;
  Matrix x_;
};

/// Causal self-attention over texts of `places` rows each, all its products rounded.
class attention : public layer {
 public:
  attention(Index width, Index heads, Index places, random_numbers& random);
  Matrix forward(const Matrix& x, arithmetic& in) override;
  Matrix backward(const Matrix& dy, arithmetic& in) override;
  std::vector<parameter*> parameters() override;
  std::vector<parameter*> weights() override;

 private:
  template <class Visit>
  void for_heads(Index rows, Visit visit) const;

  Index width_, heads_, places_;
  linear inward_, outward_;
  operand query_, key_, value_, p_;
  Matrix probability_;  ///< of each text and head, places x places, head beside head
};

/// One after another.
class sequence : public layer {
 public:
  /// Appends a layer that is made from the arguments.
  template <class Layer, class... Arguments>
  Layer& add(Arguments&&... arguments) {
    auto part = std::make_unique<Layer>(std::forward<Arguments>(arguments)...);
    Layer& result = *part;
    parts_.push_back(std::move(part));
    return result;
  }

  Matrix forward(const Matrix& x, arithmetic& in) override;
  Matrix backward(const Matrix& dy, arithmetic& in) override;
  std::vector<parameter*> parameters() override;
  std::vector<parameter*> weights() override;

 private:
  std::vector<std::unique_ptr<layer>> parts_;
};

/// x + f(x), where f is a sequence.
class residual : public sequence {
 public:
  Matrix forward(const Matrix& x, arithmetic& in) override { return x + sequence::forward(x, in); }
  Matrix backward(const Matrix& dy, arithmetic& in) override {
    return dy + sequence::backward(dy, in);
  }
};

/// Each score becomes its exponential over the sum of those of its row. With `causal`, row i has
/// i + 1 scores.
Matrix softmax(const Matrix& scores, bool causal = false);

/// The mean of -ln p of the labels, and its gradient by the scores times `loss_scale`.
double cross_entropy(const Matrix& scores, const std::vector<int>& labels, float loss_scale,
                     Matrix* gradient);

}  // namespace accuracy
