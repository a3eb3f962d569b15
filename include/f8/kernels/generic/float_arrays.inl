// Arithmetic on arrays of floats, of any alignment: the text of it, which each instruction set
// includes into its namespace. There is no include guard, for that reason. What differs is given
// before it, and the macros are undefined behind it:
//
//     F8_KERNEL_FN    the attribute of a kernel, which cannot be a parameter of a template
//     F8_PART_FN      the attribute of what a kernel is made of
//     F8_UNROLL       the pragma that unrolls a loop over registers
//
// The vectors are those of `float_lanes`:
//
//     width                        floats in a vector
//     load(array, i), store(...)   the vector from float i on
//     all(x)                       x in every lane
//     add(a, b), multiply(a, b)    rounded
//     fused(a, b, c)               a * b + c, rounded once
//     canonical(x)                 every NaN becomes the quiet one without sign
//
// All functions run in the standard state of the floating-point unit, and n is a multiple of 16.
// Each result is one operation on what was loaded, so that compilers find nothing to contract or to
// reassociate.

#include "product_rows.inl"

/// The sum of the partial sums, which are overwritten: the second half is added to the first, until
/// one is left.
F8_KERNEL_FN inline float total(float* sums) {
  std::size_t half = sum_lanes / 2;
  for (; half >= float_lanes::width; half /= 2) {
    for (std::size_t j = 0; j < half; j += float_lanes::width) {
      const auto sum =
          float_lanes::add(float_lanes::load(sums, j), float_lanes::load(sums, j + half));
      float_lanes::store(sums, j, sum);
    }
    asm volatile("" : : "r"(sums) : "memory");  // -ffast-math would choose another order
  }
  for (; half != 0; half /= 2) {
    for (std::size_t j = 0; j < half; ++j) sums[j] += sums[j + half];
    asm volatile("" : : "r"(sums) : "memory");
  }
  return sums[0];
}

/// product[i] = a[i] * b[i]; `product` may be a or b.
F8_KERNEL_FN inline void multiply(float* product, const void* a, const void* b, std::size_t n) {
  for (std::size_t i = 0; i < n; i += float_lanes::width) {
    float_lanes::store(product, i,
                       float_lanes::multiply(float_lanes::load(a, i), float_lanes::load(b, i)));
  }
}

/// y[i] = alpha * x[i] + y[i]; y may be x.
F8_KERNEL_FN inline void add_multiple(float alpha, const void* x, void* y, std::size_t n) {
  const auto factor = float_lanes::all(alpha);
  for (std::size_t i = 0; i < n; i += float_lanes::width) {
    float_lanes::store(y, i,
                       float_lanes::canonical(float_lanes::fused(factor, float_lanes::load(x, i),
                                                                 float_lanes::load(y, i))));
  }
}

inline constexpr float_kernels on_floats{add_products<float_weights>, total, multiply,
                                         add_multiple};
