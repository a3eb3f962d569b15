// The loops of scaled conversion, written once: each instruction set includes this file in its
// namespace, where it has defined F8_LOOP, its attribute for functions, and the vectors that the
// loops compute with. No include guard on purpose.

F8_LOOP extents divide(const void* x, const float* scales, float* quotients, std::size_t n) {
  const default_fp_state state(fp_rounding::toward_zero);
  codes in = codes_of(0), out = codes_of(0), least = codes_of(~0u);
  for (std::size_t i = 0; i < n; i += vector_size) {
    const floats dividend = load_floats(static_cast<const float*>(x) + i);
    const floats q = quotient_to_odd(dividend, load_floats(scales + i));
    store_floats(quotients + i, q);
    const codes magnitude = without_sign(q);
    in = larger(in, without_sign(dividend));
    out = larger(out, magnitude);
    least = smaller(least, less_1(magnitude));  // 0 becomes the largest
  }
  return {largest_of(in), largest_of(out), least_of(least)};
}

F8_LOOP void multiply(const void* x, const float* scales, void* products, std::size_t n) {
  const default_fp_state state(fp_rounding::nearest_even);
  for (std::size_t i = 0; i < n; i += vector_size) {
    store_floats(static_cast<float*>(products) + i,
                 product(load_floats(static_cast<const float*>(x) + i), load_floats(scales + i)));
  }
}

F8_LOOP void multiply_to_odd(const void* x, const float* scales, void* products, std::size_t n) {
  const default_fp_state state(fp_rounding::toward_zero);
  for (std::size_t i = 0; i < n; i += vector_size) {
    store_floats(
        static_cast<float*>(products) + i,
        product_to_odd(load_floats(static_cast<const float*>(x) + i), load_floats(scales + i)));
  }
}

F8_LOOP std::uint32_t largest(const void* x, std::size_t n) {
  codes a = codes_of(0);
  for (std::size_t i = 0; i < n; i += vector_size)
    a = larger(a, without_sign(load_floats(static_cast<const float*>(x) + i)));
  return largest_of(a);
}

inline constexpr scaling_kernels scaling{divide, multiply, multiply_to_odd, largest};

#undef F8_LOOP
