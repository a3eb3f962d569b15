#include "scale_expectation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace f8cast_test {

void expect_float_scale(double scale, double largest, const format& to) {
  const double max = to.value(to.largest_code);
  if (largest == 0) {
    EXPECT_EQ(scale, 1);
    return;
  }
  const auto below = static_cast<double>(std::nextafter(static_cast<float>(scale), 0.0F));
  EXPECT_GE(scale * max, largest);
  EXPECT_TRUE(below * max < largest || scale == 0x1p-126) << scale;
}

unsigned expected_code(double x, double scale, const format& to) {
  const unsigned sign = std::signbit(x) ? 0x80 : 0;
  unsigned least = 0;
  unsigned most = to.largest_code;
  while (least < most) {
    const unsigned code = (least + most) / 2;
    const double midpoint = (to.value(code) + to.value(code + 1)) / 2 * scale;
    const bool beyond = code % 2 == 0 ? std::fabs(x) > midpoint : std::fabs(x) >= midpoint;
    if (beyond) {
      least = code + 1;
    } else {
      most = code;
    }
  }
  return sign | least;
}

}  // namespace f8cast_test
