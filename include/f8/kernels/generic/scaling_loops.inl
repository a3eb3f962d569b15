// The loops of scaled conversion: the text of them, which each instruction set includes into its
// namespace. There is no include guard, for that reason. What differs is given before it, and the
// macros are undefined behind it:
//
//     F8_KERNEL_FN    the attribute of a kernel, which cannot be a parameter of a template
//     F8_PART_FN      the attribute of what a kernel is made of
//
// The vectors that the loops compute with, and the operations on them, are those that scaling.hpp
// of any instruction set has: floats, codes and byte_vector.

/// Divides, and finds the largest magnitude while the divider is busy.
F8_KERNEL_FN inline std::uint32_t divide(const void* x, const float* scales, float* quotients,
                                         std::size_t n) {
  const default_fp_state state(fp_rounding::toward_zero);
  codes largest = codes_of(0);
  for (std::size_t i = 0; i < n; i += vector_size) {
    const floats dividend = load_floats(static_cast<const float*>(x) + i);
    largest = larger(largest, without_sign(dividend));
    store_floats(quotients + i, quotient_to_odd(dividend, load_floats(scales + i)));
  }
  return largest_of(largest);
}

F8_KERNEL_FN inline std::size_t count_between(const float* quotients, std::size_t n,
                                              std::uint32_t first, std::uint32_t last) {
  codes count = codes_of(0);
  for (std::size_t i = 0; i < n; i += vector_size) {
    const codes from_first = difference(without_sign(load_floats(quotients + i)), codes_of(first));
    count = with_1_up_to(count, from_first, codes_of(last - first));
  }
  return sum_of(count);
}

struct byte_range {
  byte_vector least, largest;

  F8_PART_FN void add(const unsigned char* x) {
    const byte_vector magnitude = low_7_bits(load_bytes(x));
    least = smaller_bytes(least, magnitude);
    largest = larger_bytes(largest, magnitude);
  }
};

/// Looks for the ends of a format. The last vector may overlap the one before.
F8_KERNEL_FN inline ends_met find_ends(const void* x, std::size_t n, unsigned char last) {
  constexpr std::size_t size = vector_size * sizeof(float);
  const auto* in = static_cast<const unsigned char*>(x);
  if (n < size) return scalar::find_ends(in, n, last);
  const unsigned char* const end = in + (n - size);
  byte_range range{all_bytes(0x7F), all_bytes(0)};
  for (; in + size < end; in += 2 * size) {
    range.add(in);
    range.add(in + size);
  }
  if (in < end) range.add(in);
  range.add(end);
  return {any_from(all_bytes(0), range.least), any_from(range.largest, all_bytes(last))};
}

F8_KERNEL_FN inline std::size_t take_marks(void* x, std::size_t n, unsigned char last,
                                           unsigned char less) {
  constexpr std::size_t size = vector_size * sizeof(float);
  auto* const in = static_cast<unsigned char*>(x);
  byte_vector count = all_bytes(0);
  std::size_t i = 0;
  for (; n - i >= size; i += size) {
    const byte_vector code = load_bytes(in + i), magnitude = low_7_bits(code);
    count = plus_where_above(count, magnitude, all_bytes(last), all_bytes(1));
    store_bytes(in + i, minus_where_above(code, magnitude, all_bytes(last), all_bytes(less)));
  }
  return sum_of_bytes(count) + scalar::take_marks(in + i, n - i, last, less);
}

F8_KERNEL_FN inline void multiply(const void* x, const float* scales, void* products,
                                  std::size_t n) {
  const default_fp_state state(fp_rounding::nearest_even);
  for (std::size_t i = 0; i < n; i += vector_size) {
    store_floats(static_cast<float*>(products) + i,
                 product(load_floats(static_cast<const float*>(x) + i), load_floats(scales + i)));
  }
}

F8_KERNEL_FN inline void multiply_to_odd(const void* x, const float* scales, void* products,
                                         std::size_t n) {
  const default_fp_state state(fp_rounding::toward_zero);
  for (std::size_t i = 0; i < n; i += vector_size) {
    store_floats(
        static_cast<float*>(products) + i,
        product_to_odd(load_floats(static_cast<const float*>(x) + i), load_floats(scales + i)));
  }
}

F8_KERNEL_FN inline std::uint32_t largest(const void* x, std::size_t n) {
  codes a = codes_of(0);
  for (std::size_t i = 0; i < n; i += vector_size)
    a = larger(a, without_sign(load_floats(static_cast<const float*>(x) + i)));
  return largest_of(a);
}

F8_KERNEL_FN inline void raise(const void* x, std::uint32_t* largest, std::size_t n) {
  for (std::size_t i = 0; i < n; i += vector_size) {
    const codes magnitude = without_sign(load_floats(static_cast<const float*>(x) + i));
    store_codes(largest + i, larger(magnitude, load_codes(largest + i)));
  }
}

inline constexpr scaling_kernels scaling_table{divide,   count_between,   find_ends, take_marks,
                                               multiply, multiply_to_odd, largest,   raise};
inline constexpr const scaling_kernels* scaling = &scaling_table;
