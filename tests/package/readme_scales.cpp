// The README's example of scales and arithmetic, which has to compile and to do what it says.
#include <f8/arithmetic.hpp>
#include <f8/scale.hpp>

#include <cstddef>
#include <vector>

namespace {

bool scales_and_multiplies(std::size_t rows, std::size_t columns) {
  const std::vector<float> weight_values(rows * columns, 3);
  std::vector<f8::e4m3> code_values(rows * columns);
  std::vector<float> value_values(rows * columns);
  const std::vector<float> x_values(columns, 1);
  std::vector<float> y_values(rows);
  const float* weights = weight_values.data();
  f8::e4m3* codes = code_values.data();
  float* values = value_values.data();
  const float* x = x_values.data();
  float* y = y_values.data();

  // clang-format off
const f8::tiling tiles = f8::per_block(rows, columns, 128, 128);  // or per_tensor, per_row, per_column, mx_blocks
std::vector<float> scales(tiles.size());                          // or f8::e8m0
f8::find_scales<f8::e4m3>(weights, tiles, scales.data());
f8::cast_statistics seen;                                         // saturated, underflowed, NaN, absmax
f8::quantize(weights, codes, tiles, scales.data(), {}, &seen);    // codes = weights / scale, rounded once
f8::dequantize(codes, values, tiles, scales.data());              // values = codes * scale, rounded once
f8::gemv(codes, tiles, scales.data(), x, y);                      // y = W x; also dot, sum, axpy
  // clang-format on

  // 3 is the largest of each block, so it becomes the largest code, and the product is 3 to the
  // last place; columns times that is the sum, to a place for each of 64 partial sums.
  const float sum = 3 * static_cast<float>(columns);
  return seen.values == rows * columns && seen.saturated == 0 && seen.absmax == 3 &&
         values[0] > 2.999999F && values[0] < 3.000001F && y[rows - 1] > 0.99999F * sum &&
         y[rows - 1] < 1.00001F * sum;
}

}  // namespace

int main() {
  return scales_and_multiplies(130, 300) ? 0 : 1;
}
