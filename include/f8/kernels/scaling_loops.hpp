// The loops of scaled conversion, written once: each instruction set includes this file in its
// namespace, where it has defined F8_LOOP, its attribute for functions, and the vectors that the
// loops compute with. No include guard on purpose.

F8_LOOP void divide(const void* x, const float* scales, float* quotients, std::size_t n) {
  const default_fp_state state(fp_rounding::toward_zero);
  for (std::size_t i = 0; i < n; i += vector_size) {
    const floats dividend = load_floats(static_cast<const float*>(x) + i);
    store_floats(quotients + i, quotient_to_odd(dividend, load_floats(scales + i)));
  }
}

/// The divider is busy for so long that most of the counting is done meanwhile.
F8_LOOP division_counts divide_and_count(const void* x, const float* scales, float* quotients,
                                         std::size_t n, const magnitudes& limits) {
  const default_fp_state state(fp_rounding::toward_zero);
  const codes first_too_large = codes_of(limits.first_too_large);
  const codes first_kept = codes_of(limits.first_kept - 1);
  codes largest = codes_of(0), too_large = codes_of(0), kept = codes_of(0);
  for (std::size_t i = 0; i < n; i += vector_size) {
    const floats dividend = load_floats(static_cast<const float*>(x) + i);
    const floats q = quotient_to_odd(dividend, load_floats(scales + i));
    store_floats(quotients + i, q);
    const codes magnitude = without_sign(q);
    largest = larger(largest, without_sign(dividend));
    too_large = count_from(too_large, magnitude, first_too_large);
    kept = count_from(kept, less_1(magnitude), first_kept);  // 0 becomes the largest
  }
  return {largest_of(largest), sum_of(too_large), n - sum_of(kept)};
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

F8_LOOP void raise(const void* x, std::uint32_t* largest, std::size_t n) {
  for (std::size_t i = 0; i < n; i += vector_size) {
    const codes magnitude = without_sign(load_floats(static_cast<const float*>(x) + i));
    store_codes(largest + i, larger(magnitude, load_codes(largest + i)));
  }
}

inline constexpr scaling_kernels scaling{divide,          divide_and_count, multiply,
                                         multiply_to_odd, largest,          raise};

#undef F8_LOOP
