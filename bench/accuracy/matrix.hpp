// Matrices of float whose sums are added in one stated order.
//
// Eigen's own products and reductions add in an order that depends on the vectors' width, on fused
// multiply-adds and on the caches. Here every element is computed by element-wise expressions
// alone, in which no lane depends on another: the bits are the same on every CPU, if the compiler
// contracts nothing (-ffp-contract=off).
#pragma once

#include <Eigen/Core>
#include <algorithm>

namespace accuracy {

using Matrix = Eigen::MatrixXf;
using Vector = Eigen::ArrayXf;
using Index = Eigen::Index;

/// c += a b. Each element adds its products by eight, which are first added in pairs.
template <class A, class B, class C>
void add_product(const A& a, const B& b, C&& c) {
  constexpr Index strip = 256;  // rows: eight pieces of a's columns and one of c's stay in L1
  const Index depth = a.cols();
  for (Index row = 0; row < a.rows(); row += strip) {
    const Index rows = std::min(strip, a.rows() - row);
    Index k = 0;
    for (; k + 8 <= depth; k += 8) {
      for (Index j = 0; j < b.cols(); ++j) {
        const auto x = [&](Index i) { return a.col(k + i).segment(row, rows) * b(k + i, j); };
        c.col(j).segment(row, rows) +=
            ((x(0) + x(1)) + (x(2) + x(3))) + ((x(4) + x(5)) + (x(6) + x(7)));
      }
    }
    for (; k < depth; ++k) {
      for (Index j = 0; j < b.cols(); ++j) {
        c.col(j).segment(row, rows) += a.col(k).segment(row, rows) * b(k, j);
      }
    }
  }
}

/// c += a^T b, in the same order.
template <class A, class B, class C>
void add_transposed_product(const A& a, const B& b, C&& c) {
  constexpr Index piece = 256;  // rows: transposed, they stay in L2
  for (Index row = 0; row < a.rows(); row += piece) {
    const Index rows = std::min(piece, a.rows() - row);
    const Matrix transposed = a.middleRows(row, rows).transpose();
    add_product(transposed, b.middleRows(row, rows), c);
  }
}

/// The sum of n floats: every sixteenth from the first to the last, then these from the first on,
/// then what is left over.
template <class Column>
float sum_of(const Column& x) {
  constexpr Index lanes = 16;
  Eigen::Array<float, lanes, 1> partial = Eigen::Array<float, lanes, 1>::Zero();
  Index i = 0;
  for (; i + lanes <= x.size(); i += lanes) partial += x.template segment<lanes>(i).array();
  float sum = 0;
  for (Index lane = 0; lane < lanes; ++lane) sum += partial[lane];
  for (; i < x.size(); ++i) sum += x[i];
  return sum;
}

}  // namespace accuracy
