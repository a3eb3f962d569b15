// The examples of the README and of docs/use.md have to compile and to do what they say. Their text
// is that of the pages.
#include <f8/arithmetic.hpp>
#include <f8/convert.hpp>
#include <f8/scale.hpp>

#include <cstddef>
#include <type_traits>
#include <vector>

void to_codes(const float* in, f8::e4m3* out, std::size_t n);
#include "readme_one_unit.inc"

namespace {

bool scales_and_multiplies(std::size_t rows, std::size_t columns) {
  const std::vector<float> weights(rows * columns, 3);
  std::vector<f8::e4m3> codes(rows * columns);
  std::vector<float> values(rows * columns);
  const std::vector<float> x(columns, 1);
  std::vector<float> y(rows);

#include "readme_scales.inc"

  // 3 is the largest of each block, so it becomes the largest code, and the product is 3 to the
  // last place; columns times that is the sum, to a place for each of 64 partial sums.
  const float sum = 3 * static_cast<float>(columns);
  return seen.values == rows * columns && seen.saturated == 0 && seen.absmax == 3 &&
         values[0] > 2.999999F && values[0] < 3.000001F && y[rows - 1] > 0.99999F * sum &&
         y[rows - 1] < 1.00001F * sum;
}

bool views_bytes() {
  const std::vector<unsigned char> bytes(100, 0x38);
  std::vector<float> values(bytes.size());

#include "readme_bytes.inc"

  return values.front() == 1 && values.back() == 1;
}

bool converts_in_one_unit() {
  const float in[2] = {1, 3};
  f8::e4m3 out[2];
  to_codes(in, out, 2);
  return out[0] == 1.0F && out[1] == 3.0F;
}

}  // namespace

int main() {
  return scales_and_multiplies(130, 300) && views_bytes() && converts_in_one_unit() ? 0 : 1;
}
