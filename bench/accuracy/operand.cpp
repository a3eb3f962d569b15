#include "operand.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace accuracy {
namespace {

// Codes between the two halves of a rounding: they stay in the L1 cache.
constexpr std::size_t chunk = 4096;

std::size_t size(Index n) {
  return static_cast<std::size_t>(n);
}

void round_to_int8(const float* in, float* out, std::size_t n, float scale) {
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = std::max(-127.0f, std::min(127.0f, std::nearbyint(in[i] / scale)));
  }
}

}  // namespace

Matrix product(const operand& a, const operand& b) {
  Matrix c = Matrix::Zero(a.values.rows(), b.values.cols());
  add_product(a.values, b.values, c);
  for (Index j = 0; j < c.cols(); ++j) c.col(j) *= a.scale(0) * b.scale(j);
  return c;
}

Matrix transposed_product(const operand& a, const operand& b) {
  Matrix c = Matrix::Zero(a.values.cols(), b.values.cols());
  add_transposed_product(a.values, b.values, c);
  return c * (a.scale(0) * b.scale(0));
}

Matrix product_transposed(const operand& a, const operand& b) {
  Matrix c = Matrix::Zero(a.values.rows(), b.values.rows());
  add_product(a.values, b.values.transpose(), c);
  return c * (a.scale(0) * b.scale(0));
}

float arithmetic::scale_for(float absmax, format type) const {
  switch (type) {
    case format::e4m3:
      return f8::scale_for<f8::e4m3>(absmax);
    case format::e5m2:
      return f8::scale_for<f8::e5m2>(absmax);
    case format::e4m3_ieee:
      return f8::scale_for<f8::e4m3_ieee>(absmax);
    case format::int8:
      return absmax > 0 ? absmax / 127 : 1;
    default:
      return 1;
  }
}

template <class T>
void arithmetic::encode(const float* in, T* out, std::size_t n, float scale, const rounding_to& how,
                        seen& statistics) {
  if constexpr (sizeof(T) != 1) {
    f8::convert(instructions_, in, out, n, how.over);
  } else if (how.stochastic) {
    float scaled[chunk];
    for (std::size_t i = 0; i < n; ++i) scaled[i] = in[i] / scale;
    f8::convert_stochastic(instructions_, scaled, out, n, seed_++, how.over);
  } else {
    f8::quantize(instructions_, in, out, f8::per_tensor(1, n), &scale, how.over, &statistics);
  }
}

template <class T>
void arithmetic::round_as(const float* in, float* out, std::size_t n, float scale,
                          const rounding_to& how, seen& statistics) {
  T codes[chunk];
  for (std::size_t i = 0; i < n; i += chunk) {
    const std::size_t m = std::min(chunk, n - i);
    encode(in + i, codes, m, scale, how, statistics);
    f8::convert(instructions_, codes, out + i, m);
  }
}

void arithmetic::round(const float* in, float* out, std::size_t n, float scale,
                       const rounding_to& how, seen& statistics) {
  switch (how.type) {
    case format::float32:
      std::copy_n(in, n, out);
      break;
    case format::bfloat16:
      round_as<f8::bfloat16>(in, out, n, scale, how, statistics);
      break;
    case format::float16:
      round_as<f8::float16>(in, out, n, scale, how, statistics);
      break;
    case format::e4m3:
      round_as<f8::e4m3>(in, out, n, scale, how, statistics);
      break;
    case format::e5m2:
      round_as<f8::e5m2>(in, out, n, scale, how, statistics);
      break;
    case format::e4m3_ieee:
      round_as<f8::e4m3_ieee>(in, out, n, scale, how, statistics);
      break;
    case format::int8:
      round_to_int8(in, out, n, scale);
      break;
  }
}

operand arithmetic::round(const Matrix& x, const rounding_to& how, seen& statistics) {
  operand result{Matrix(x.rows(), x.cols())};
  const Index tiles = how.scales == scaling::channel ? x.cols() : 1;
  const std::size_t n = size(x.size() / tiles);
  result.scales.assign(size(tiles), 1);
  for (Index tile = 0; tile < tiles; ++tile) {
    const float* in = x.data() + x.rows() * tile;
    float& scale = result.scales[size(tile)];
    if (how.scales != scaling::none) scale = scale_for(f8::absmax(instructions_, in, n), how.type);
    round(in, result.values.data() + x.rows() * tile, n, scale, how, statistics);
  }
  return result;
}

stored arithmetic::store(const Matrix& x) {
  const rounding_to& how = configuration_.weights;
  assert(how.type == format::e4m3 && how.scales == scaling::tensor);
  const std::size_t n = size(x.size());
  stored result{std::vector<f8::e4m3>(n), x.rows(),
                scale_for(f8::absmax(instructions_, x.data(), n), how.type)};
  encode(x.data(), result.codes.data(), n, result.scale, how, of_weights);
  return result;
}

operand arithmetic::load(const stored& x) {
  const auto n = static_cast<Index>(x.codes.size());
  operand result{Matrix(x.rows, n / x.rows), {x.scale}};
  f8::convert(instructions_, x.codes.data(), result.values.data(), x.codes.size());
  return result;
}

}  // namespace accuracy
