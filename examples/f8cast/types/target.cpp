#include "types/target.hpp"

#include <algorithm>
#include <f8/f8.hpp>
#include <f8/interchange.hpp>
#include <f8/sort.hpp>
#include <limits>

namespace f8cast {
namespace {

template <class Fp8>
std::array<float, 256> sorted_values() {
  std::array<Fp8, 256> codes{};
  for (unsigned bits = 0; bits < 256; ++bits) codes[bits] = Fp8::from_bits(bits);
  f8::sort(codes);
  std::array<float, 256> values{};
  std::copy(codes.begin(), codes.end(), values.begin());
  return values;
}

}  // namespace

std::string_view name_of(target to) {
  return to == target::e4m3 ? "e4m3" : "e5m2";
}

const dtype* dtype_of(target to) {
  return find_dtype(to == target::e4m3 ? f8::safetensors_dtype<f8::e4m3>
                                       : f8::safetensors_dtype<f8::e5m2>);
}

const format& format_of(target to) {
  return to == target::e4m3 ? e4m3_format : e5m2_format;
}

float largest_finite(target to) {
  return to == target::e4m3 ? std::numeric_limits<f8::e4m3>::max()
                            : std::numeric_limits<f8::e5m2>::max();
}

float smallest_normal(target to) {
  return to == target::e4m3 ? std::numeric_limits<f8::e4m3>::min()
                            : std::numeric_limits<f8::e5m2>::min();
}

std::array<float, 256> values_in_order(target to) {
  return to == target::e4m3 ? sorted_values<f8::e4m3>() : sorted_values<f8::e5m2>();
}

}  // namespace f8cast
