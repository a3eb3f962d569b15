// Scales and scaled codes, in double arithmetic that is exact: shares no code with f8cast or with
// the library.
#pragma once

#include "expectation.hpp"

namespace f8cast_test {

/// The least float whose product with the format's largest value reaches the tile's largest. The
/// products are exact in double: 3 bits by 24.
void expect_float_scale(double scale, double largest, const format& to);

/// The code nearest to x / scale; of two as near, the even one. x is on the far side of a midpoint
/// if it is beyond midpoint * scale, which is exact in double: 5 bits by 24.
unsigned expected_code(double x, double scale, const format& to);

}  // namespace f8cast_test
