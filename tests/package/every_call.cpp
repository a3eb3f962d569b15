// Calls what the public headers have, so that a compiler with every warning sees the templates
// made, not read alone. Compiled behind all headers, also behind other people's macros.
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <sstream>
#include <vector>

namespace {

using namespace f8::literals;

template <class T>
float call_functions_of(T x) {
  using limits = std::numeric_limits<T>;
  T y = (f8::min)(x, (limits::max)());
  y = (f8::max)(y, (limits::min)());
  y = fmin(x, fmax(y, limits::lowest()));
  y = nextafter(nextup(x), nextdown(y));
  y = copysign(abs(y), x);
  int exponent = ilogb(y);
  y = scalbn(ldexp(frexp(y, &exponent), exponent), 1);
  y += x;
  const bool special = isnan(y) || isinf(y) || !isfinite(y) || !isnormal(y) || signbit(y);
  const auto hash = std::hash<T>{}(y);
  char text[64];
  const auto end = f8::to_chars(text, text + sizeof text, y);
  const auto read = f8::from_chars(text, end.ptr, y);
  std::stringstream stream;
  stream << y;
  stream >> y;
  return special || hash == 0 || read.ptr != end.ptr ? static_cast<float>(ilogb(y)) : float{y};
}

template <class From, class To>
void call_conversions(std::vector<From>& in, std::vector<To>& out) {
  f8::convert(in, out, f8::rounding::upward);
  f8::convert(in.data(), out.data(), in.size());
  f8::convert(f8::isa::scalar, in.data(), out.data(), in.size());
}

template <class From>
float call_scaled(const std::vector<From>& in) {
  const f8::tiling tiles = f8::mx_blocks(1, in.size());
  std::vector<f8::e4m3> codes(in.size());
  std::vector<float> scales(tiles.size()), values(in.size());
  std::vector<f8::e8m0> powers(tiles.size());
  f8::find_scales<f8::e4m3>(in, tiles, scales);
  f8::find_scales<f8::e4m3>(in.data(), tiles, powers.data());
  f8::cast_statistics seen;
  f8::quantize(in, codes, tiles, scales, {}, &seen);
  f8::quantize(in, codes, tiles, powers.data());
  f8::quantize(in, codes, 2, {}, &seen);
  f8::dequantize(codes.data(), values, tiles, scales);
  f8::dequantize(codes, values, tiles, powers);
  f8::dequantize(codes, values, 2);
  f8::convert_stochastic(in, codes, 42);
  f8::convert_stochastic(in.data(), codes.data(), in.size(), 42);
  return static_cast<float>(f8::absmax(in)) + static_cast<float>(f8::absmax(in.data(), in.size()));
}

template <class W>
float call_arithmetic(const std::vector<W>& w) {
  const f8::tiling tiles = f8::per_tensor(1, w.size());
  std::vector<float> x(w.size());
  std::array<float, 1> y{};
  const float scale[1] = {1};
  f8::gemv(w, tiles, scale, x, y);
  f8::gemv(w.data(), tiles, scale, x.data(), y.data());
  f8::gemv(w, 1, w.size(), x, y);
  f8::axpy(2, w, x);
  f8::axpy(2, w.data(), x.data(), w.size());
  return f8::dot(w, x) + f8::dot(w.data(), x.data(), w.size()) + f8::sum(w) +
         f8::sum(w.data(), w.size()) + y[0];
}

float call_everything() {
  std::vector<float> floats(100);
  std::vector<double> doubles(100);
  std::vector<f8::bfloat16> brains(100);
  std::vector<f8::float16> halves(100);
  std::vector<f8::e4m3> codes(100);
  std::vector<f8::e5m2fnuz> others(100);
  call_conversions(floats, codes);
  call_conversions(codes, floats);
  call_conversions(brains, codes);
  call_conversions(codes, brains);
  call_conversions(halves, others);
  call_conversions(others, halves);
  call_conversions(doubles, others);
  call_conversions(codes, others);
  std::vector<std::uint32_t> index(codes.size());
  f8::sort(codes);
  f8::argsort(codes, index);
  f8::argsort(codes.data(), codes.size(), index.data());
  const float exact = 0.5_e4m3 + f8::cast<float>(1e3_e5m2, f8::rounding::toward_zero) +
                      f8::cast_stochastic<f8::e4m3>(3.0F, 7) + float{f8::cast<f8::e8m0>(2.0F)} +
                      float{f8::e4m3{7}} + float{f8::e4m3{7LL}} + float{f8::e5m2{1.0L}};
  return exact + call_functions_of(f8::e4m3{1}) + call_functions_of(f8::e5m2fnuz{1}) +
         call_functions_of(f8::bfloat16{1}) + call_scaled(floats) + call_scaled(doubles) +
         call_scaled(brains) + call_arithmetic(codes) + call_arithmetic(halves) +
         f8::scale_for<f8::e4m3>(3) + float{f8::mx_scale_for<f8::e4m3>(3)} +
         static_cast<float>(f8::order_key(codes[0])) +
         static_cast<float>(f8::dlpack_code<f8::e4m3>);
}

}  // namespace

int main() {
  return call_everything() > 0 ? 0 : 1;
}
