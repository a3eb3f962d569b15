#include "layers.hpp"

#include <cmath>
#include <limits>

#include "functions.hpp"

namespace accuracy {
namespace {

Eigen::Map<const Matrix> reshaped(const Matrix& x, Index rows) {
  return {x.data(), rows, x.size() / rows};
}

void set_column_sums(parameter& p, const Matrix& x) {
  for (Index j = 0; j < x.cols(); ++j) p.gradient(j) = sum_of(x.col(j));
}

}  // namespace

// ------------------------------------------------------------------------------------------ linear

linear::linear(Index in, Index out, random_numbers& random, source from)
    : weight_(random.matrix(in, out, 1 / std::sqrt(static_cast<float>(in)))),
      bias_(Matrix::Zero(1, out)),
      from_(from) {}

Matrix linear::forward(const Matrix& x, arithmetic& in) {
  x_ = in.activations(x);
  w_ = weight_.rounded(in);
  Matrix y = product(x_, w_);
  for (Index j = 0; j < y.cols(); ++j) y.col(j).array() += bias_.value(j);
  return y;
}

Matrix linear::backward(const Matrix& dy, arithmetic& in) {
  const operand g = in.gradients(dy);
  weight_.gradient = transposed_product(x_, g);
  set_column_sums(bias_, dy);
  return from_ == source::data ? Matrix() : product_transposed(g, w_);
}

// ------------------------------------------------------------------------------------- convolution

convolution::convolution(Index side, Index in, Index out, random_numbers& random, source from)
    : side_(side), channels_(in), from_(from), product_(9 * in, out, random, from) {}

/// Calls copy(column of the product's matrix, pixel, column of the image) for each pixel and each
/// neighbour within the image.
template <class Copy>
void convolution::for_neighbours(Copy copy) const {
  const Index area = side_ * side_;
  for (Index channel = 0; channel < channels_; ++channel) {
    for (Index near = 0; near < 9; ++near) {
      for (Index pixel = 0; pixel < area; ++pixel) {
        const Index row = pixel / side_ + near / 3 - 1;
        const Index column = pixel % side_ + near % 3 - 1;
        if (row < 0 || row >= side_ || column < 0 || column >= side_) continue;
        copy(channel * 9 + near, pixel, channel * area + row * side_ + column);
      }
    }
  }
}

Matrix convolution::forward(const Matrix& x, arithmetic& in) {
  const Index images = x.rows();
  Matrix around = Matrix::Zero(images * side_ * side_, 9 * channels_);
  for_neighbours([&](Index column, Index pixel, Index from) {
    around.col(column).segment(pixel * images, images) = x.col(from);
  });
  return reshaped(product_.forward(around, in), images);
}

Matrix convolution::backward(const Matrix& dy, arithmetic& in) {
  const Index images = dy.rows(), area = side_ * side_;
  const Matrix around = product_.backward(reshaped(dy, images * area), in);
  if (from_ == source::data) return {};
  Matrix dx = Matrix::Zero(images, area * channels_);
  for_neighbours([&](Index column, Index pixel, Index from) {
    dx.col(from) += around.col(column).segment(pixel * images, images);
  });
  return dx;
}

// ------------------------------------------------------------------------------- pooling, relu

/// The column of one of the four pixels under a pixel of the result.
Index max_pool::corner(Index column, Index which) const {
  const Index half = side_ / 2;
  const Index channel = column / (half * half), pixel = column % (half * half);
  const Index row = pixel / half * 2 + which / 2;
  return (channel * side_ + row) * side_ + pixel % half * 2 + which % 2;
}

Matrix max_pool::forward(const Matrix& x, arithmetic&) {
  x_ = x;
  y_ = Matrix(x.rows(), x.cols() / 4);
  for (Index j = 0; j < y_.cols(); ++j) {
    y_.col(j) = x.col(corner(j, 0));
    float* const largest = y_.col(j).data();
    for (Index which = 1; which < 4; ++which) {
      const float* const other = x.col(corner(j, which)).data();
      for (Index i = 0; i < y_.rows(); ++i)
        largest[i] = other[i] > largest[i] ? other[i] : largest[i];
    }
  }
  return y_;
}

Matrix max_pool::backward(const Matrix& dy, arithmetic&) {
  Matrix dx(x_.rows(), x_.cols());
  for (Index j = 0; j < dy.cols(); ++j) {
    for (Index which = 0; which < 4; ++which) {  // of equal pixels, each takes the gradient
      const Index from = corner(j, which);
      const float *x = x_.col(from).data(), *y = y_.col(j).data(), *g = dy.col(j).data();
      float* const result = dx.col(from).data();
      for (Index i = 0; i < dy.rows(); ++i) result[i] = x[i] == y[i] ? g[i] : 0;
    }
  }
  return dx;
}

Matrix relu::forward(const Matrix& x, arithmetic&) {
  y_ = x;
  for (float& y : y_.reshaped()) y = y < 0 ? 0 : y;
  return y_;
}

Matrix relu::backward(const Matrix& dy, arithmetic&) {
  Matrix dx = dy;
  for (Index i = 0; i < dx.size(); ++i) dx(i) = y_(i) > 0 ? dx(i) : 0;
  return dx;
}

// ---------------------------------------------------------------------------------------- layer
// norm

layer_norm::layer_norm(Index width)
    : gain_(Matrix::Ones(1, width)), bias_(Matrix::Zero(1, width)) {}

Matrix layer_norm::forward(const Matrix& x, arithmetic&) {
  const auto width = static_cast<float>(x.cols());
  Vector mean = Vector::Zero(x.rows()), square = mean;
  for (Index j = 0; j < x.cols(); ++j) mean += x.col(j).array();
  mean /= width;
  for (Index j = 0; j < x.cols(); ++j) {
    square += (x.col(j).array() - mean) * (x.col(j).array() - mean);
  }
  inverse_deviation_ = square;
  for (float& s : inverse_deviation_) s = 1 / std::sqrt(s / width + 1e-5f);
  normalized_ = Matrix(x.rows(), x.cols());
  Matrix y(x.rows(), x.cols());
  for (Index j = 0; j < x.cols(); ++j) {
    normalized_.col(j) = (x.col(j).array() - mean) * inverse_deviation_;
    y.col(j) = normalized_.col(j).array() * gain_.value(j) + bias_.value(j);
  }
  return y;
}

Matrix layer_norm::backward(const Matrix& dy, arithmetic&) {
  const auto width = static_cast<float>(dy.cols());
  set_column_sums(bias_, dy);
  set_column_sums(gain_, dy.cwiseProduct(normalized_));
  Vector mean = Vector::Zero(dy.rows()), along = mean;
  for (Index j = 0; j < dy.cols(); ++j) {
    mean += dy.col(j).array() * gain_.value(j);
    along += dy.col(j).array() * gain_.value(j) * normalized_.col(j).array();
  }
  mean /= width;
  along /= width;
  Matrix dx(dy.rows(), dy.cols());
  for (Index j = 0; j < dy.cols(); ++j) {
    dx.col(j) = (dy.col(j).array() * gain_.value(j) - mean - along * normalized_.col(j).array()) *
                inverse_deviation_;
  }
  return dx;
}

// -----------------------------------------------------------------------------------------
// embedding

embedding::embedding(Index symbols, Index places, Index width, random_numbers& random)
    : symbols_(random.matrix(width, symbols, 1)), places_(random.matrix(width, places, 1)) {}

Matrix embedding::forward(const Matrix& x, arithmetic&) {
  x_ = x;
  Matrix y(symbols_.value.rows(), x.rows());
  for (Index i = 0; i < x.rows(); ++i) {
    y.col(i) =
        symbols_.value.col(static_cast<Index>(x(i))) + places_.value.col(i % places_.value.cols());
  }
  return y.transpose();
}

Matrix embedding::backward(const Matrix& dy, arithmetic&) {
  const Matrix dz = dy.transpose();
  symbols_.gradient.setZero();
  places_.gradient.setZero();
  for (Index i = 0; i < dz.cols(); ++i) {
    symbols_.gradient.col(static_cast<Index>(x_(i))) += dz.col(i);
    places_.gradient.col(i % places_.value.cols()) += dz.col(i);
  }
  return {};
}

// -----------------------------------------------------------------------------------------
// attention

attention::attention(Index width, Index heads, Index places, random_numbers& random)
    : width_(width),
      heads_(heads),
      places_(places),
      inward_(width, 3 * width, random),
      outward_(width, width, random) {}

/// Calls visit(the text's first row, the head's first column, the head's first in probability_).
template <class Visit>
void attention::for_heads(Index rows, Visit visit) const {
  for (Index row = 0; row < rows; row += places_) {
    for (Index head = 0; head < heads_; ++head) {
      visit(row, head * (width_ / heads_), head * places_);
    }
  }
}

Matrix attention::forward(const Matrix& x, arithmetic& in) {
  const Matrix all = inward_.forward(x, in);
  query_ = in.activations(all.leftCols(width_));
  key_ = in.activations(all.middleCols(width_, width_));
  value_ = in.activations(all.rightCols(width_));
  const Index depth = width_ / heads_;
  const float scale = query_.scale(0) * key_.scale(0) / std::sqrt(static_cast<float>(depth));

  probability_ = Matrix(x.rows(), heads_ * places_);
  for_heads(x.rows(), [&](Index row, Index column, Index p) {
    Matrix scores = Matrix::Zero(places_, places_);
    add_product(query_.values.block(row, column, places_, depth),
                key_.values.block(row, column, places_, depth).transpose(), scores);
    probability_.block(row, p, places_, places_) = softmax(scores * scale, true);
  });
  p_ = in.activations(probability_);

  Matrix y = Matrix::Zero(x.rows(), width_);
  for_heads(x.rows(), [&](Index row, Index column, Index p) {
    add_product(p_.values.block(row, p, places_, places_),
                value_.values.block(row, column, places_, depth),
                y.block(row, column, places_, depth));
  });
  return outward_.forward(y * (p_.scale(0) * value_.scale(0)), in);
}

Matrix attention::backward(const Matrix& dy, arithmetic& in) {
  const operand g = in.gradients(outward_.backward(dy, in));
  const Index depth = width_ / heads_;
  Matrix all = Matrix::Zero(dy.rows(), 3 * width_);  // gradients by query, key and value

  // The gradient by the scores is p * (dp - the row's sum of p dp), where dp = g value^T.
  const float scale = g.scale(0) * value_.scale(0) / std::sqrt(static_cast<float>(depth));
  Matrix scores(probability_.rows(), probability_.cols());
  for_heads(dy.rows(), [&](Index row, Index column, Index p) {
    const auto of_head = g.values.block(row, column, places_, depth);
    add_transposed_product(p_.values.block(row, p, places_, places_), of_head,
                           all.block(row, 2 * width_ + column, places_, depth));
    Matrix dp = Matrix::Zero(places_, places_);
    add_product(of_head, value_.values.block(row, column, places_, depth).transpose(), dp);
    const auto probability = probability_.block(row, p, places_, places_);
    Vector mean = Vector::Zero(places_);
    for (Index j = 0; j < places_; ++j) {
      mean += probability.col(j).array() * dp.col(j).array();
    }
    for (Index j = 0; j < places_; ++j) {
      scores.block(row, p, places_, places_).col(j) =
          probability.col(j).array() * (dp.col(j).array() - mean) * scale;
    }
  });
  all.rightCols(width_) *= p_.scale(0) * g.scale(0);

  const operand s = in.gradients(scores);
  for_heads(dy.rows(), [&](Index row, Index column, Index p) {
    const auto of_head = s.values.block(row, p, places_, places_);
    add_product(of_head, key_.values.block(row, column, places_, depth),
                all.block(row, column, places_, depth));
    add_transposed_product(of_head, query_.values.block(row, column, places_, depth),
                           all.block(row, width_ + column, places_, depth));
  });
  all.leftCols(width_) *= s.scale(0) * key_.scale(0);
  all.middleCols(width_, width_) *= s.scale(0) * query_.scale(0);
  return inward_.backward(all, in);
}

std::vector<parameter*> attention::parameters() {
  std::vector<parameter*> all = inward_.parameters();
  for (parameter* p : outward_.parameters()) all.push_back(p);
  return all;
}

std::vector<parameter*> attention::weights() {
  return {inward_.weights()[0], outward_.weights()[0]};
}

// ------------------------------------------------------------------------------------------
// sequence

Matrix sequence::forward(const Matrix& x, arithmetic& in) {
  Matrix y = x;
  for (const auto& part : parts_) y = part->forward(y, in);
  return y;
}

Matrix sequence::backward(const Matrix& dy, arithmetic& in) {
  Matrix dx = dy;
  for (auto part = parts_.rbegin(); part != parts_.rend(); ++part) dx = (*part)->backward(dx, in);
  return dx;
}

std::vector<parameter*> sequence::parameters() {
  std::vector<parameter*> all;
  for (const auto& part : parts_) {
    for (parameter* p : part->parameters()) all.push_back(p);
  }
  return all;
}

std::vector<parameter*> sequence::weights() {
  std::vector<parameter*> all;
  for (const auto& part : parts_) {
    for (parameter* p : part->weights()) all.push_back(p);
  }
  return all;
}

// ----------------------------------------------------------------------------------------------
// loss

Matrix softmax(const Matrix& scores, bool causal) {
  const Index rows = scores.rows();
  Matrix p = Matrix::Zero(rows, scores.cols());
  Vector largest = Vector::Constant(rows, -std::numeric_limits<float>::infinity());
  Vector sum = Vector::Zero(rows);
  for (Index j = 0; j < scores.cols(); ++j) {
    for (Index i = causal ? j : 0; i < rows; ++i) {
      largest[i] = scores(i, j) > largest[i] ? scores(i, j) : largest[i];
    }
  }
  for (Index j = 0; j < scores.cols(); ++j) {
    for (Index i = causal ? j : 0; i < rows; ++i) p(i, j) = exp_of(scores(i, j) - largest[i]);
    sum += p.col(j).array();
  }
  for (Index j = 0; j < scores.cols(); ++j) p.col(j).array() /= sum;
  return p;
}

double cross_entropy(const Matrix& scores, const std::vector<int>& labels, float loss_scale,
                     Matrix* gradient) {
  Matrix p = softmax(scores);
  const Index rows = p.rows();
  double loss = 0;
  for (Index i = 0; i < rows; ++i) {
    const Index label = labels[static_cast<std::size_t>(i)];
    const auto likelihood = static_cast<double>(p(i, label));
    loss -= likelihood > 0 ? log_of(likelihood) : likelihood;  // NaN stays NaN
    p(i, label) -= 1;
  }
  if (gradient) *gradient = p * (loss_scale / static_cast<float>(rows));
  return loss / static_cast<double>(rows);
}

}  // namespace accuracy
