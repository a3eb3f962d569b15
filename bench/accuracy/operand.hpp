// Operands of matrix products: matrices rounded to a format, and what undoes their scaling.
#pragma once

#include <cstdint>
#include <f8/convert.hpp>
#include <f8/scale.hpp>
#include <string_view>
#include <vector>

#include "matrix.hpp"
#include "precision.hpp"

namespace accuracy {

/// Numbers of a format, decoded to float, in units of a scale: one for all or one for each column.
struct operand {
  Matrix values;
  std::vector<float> scales{1};

  float scale(Index column) const { return scales[scales.size() == 1 ? 0 : std::size_t(column)]; }
};

/// Stored in FP8, as a checkpoint is.
struct stored {
  std::vector<f8::e4m3> codes;
  Index rows = 0;
  float scale = 1;
};

/// What became of the values of one kind of operand, counted where they are rounded to fp8 and not
/// at random.
using seen = f8::cast_statistics;

/// How numbers are rounded in a run, and by which kernels.
class arithmetic {
 public:
  explicit arithmetic(const precision& configuration, std::uint64_t seed = 0,
                      f8::isa instructions = f8::active_isa())
      : configuration_(configuration), seed_(seed), instructions_(instructions) {}

  operand weights(const Matrix& x) { return round(x, configuration_.weights, of_weights); }
  operand activations(const Matrix& x) {
    return round(x, configuration_.activations, of_activations);
  }
  operand gradients(const Matrix& x) { return round(x, configuration_.gradients, of_gradients); }

  /// The codes of weights() where these are e4m3 with one scale, and the operand that they are.
  stored store(const Matrix& x);
  operand load(const stored& x);

  bool loss_scaling() const { return configuration_.loss_scaling; }

  seen of_weights, of_activations, of_gradients;

 private:
  operand round(const Matrix& x, const rounding_to& how, seen& statistics);
  void round(const float* in, float* out, std::size_t n, float scale, const rounding_to& how,
             seen& statistics);
  template <class T>
  void round_as(const float* in, float* out, std::size_t n, float scale, const rounding_to& how,
                seen& statistics);
  template <class T>
  void encode(const float* in, T* out, std::size_t n, float scale, const rounding_to& how,
              seen& statistics);
  float scale_for(float absmax, format type) const;

  precision configuration_;
  std::uint64_t seed_;
  f8::isa instructions_;
};

/// a b: added in float, then multiplied by both scales. `a` has one scale.
Matrix product(const operand& a, const operand& b);
/// a^T b and a b^T, where each has one scale.
Matrix transposed_product(const operand& a, const operand& b);
Matrix product_transposed(const operand& a, const operand& b);

}  // namespace accuracy
