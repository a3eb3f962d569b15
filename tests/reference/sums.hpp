// Floats, and sums of their products in the order that arithmetic.hpp states, by the standard
// library's std::fma or, where that is not right, by what is proved beside it. Compiled without
// -ffast-math, whatever the options of a test; and computed in the standard floating-point
// environment, whatever the environment of the caller.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "reference/format.hpp"

namespace reference {

/// The value of a code, which is a float; any NaN.
float value(const format& f, std::uint64_t code);

/// Every NaN becomes the quiet one without sign, 7FC00000.
float with_one_nan(float x);

/// Of arrays of the same size.
float sum_of_products(const std::vector<float>& a, const std::vector<float>& b);

/// So many elements, from the end of the last segment on, with one scale.
struct segment {
  std::size_t size;
  float scale;
};
float sum_of_products(const std::vector<float>& a, const std::vector<float>& b,
                      const std::vector<segment>& segments);

float product(float a, float b);
float fused_multiply_add(float a, float b, float c);

}  // namespace reference
