// The experiment's configurations: what the operands of matrix products are rounded to, as data.
// A row of the report is a row here.
#pragma once

#include <f8/policy.hpp>

namespace accuracy {

enum class format { float32, bfloat16, float16, e4m3, e5m2, e4m3_ieee, int8 };

/// What the values of an operand are divided by before they are rounded, so that the largest
/// magnitude becomes the format's largest: nothing; one number for the tensor; one for each column,
/// which in a layer's weights is an output channel.
enum class scaling { none, tensor, channel };

/// How the operands of one kind are rounded. int8 rounds to nearest even, symmetrically.
struct rounding_to {
  format type = format::float32;
  scaling scales = scaling::none;
  f8::overflow over = f8::overflow::saturate;
  bool stochastic = false;  ///< not for int8 or more than 8 bits
};

/// All else is float: sums, master weights, optimizer, normalization, softmax, loss, biases,
/// embeddings and residual sums.
struct precision {
  const char* name;
  rounding_to weights, activations, gradients;
  bool loss_scaling = false;  ///< the loss times a power of two, adapted to what overflows
};

inline constexpr rounding_to f32{};
inline constexpr rounding_to bf16{format::bfloat16};
inline constexpr rounding_to f16{format::float16, scaling::none, f8::overflow::nonfinite};
inline constexpr rounding_to e4m3{format::e4m3, scaling::tensor};
inline constexpr rounding_to e5m2{format::e5m2, scaling::tensor};
inline constexpr rounding_to e4m3_ieee{format::e4m3_ieee, scaling::tensor};
inline constexpr rounding_to int8{format::int8, scaling::tensor};

constexpr rounding_to by_channel(rounding_to x) {
  x.scales = scaling::channel;
  return x;
}
constexpr rounding_to unscaled(rounding_to x) {
  x.scales = scaling::none;
  return x;
}
constexpr rounding_to nonsaturating(rounding_to x) {
  x.over = f8::overflow::nonfinite;
  return x;
}
constexpr rounding_to stochastic(rounding_to x) {
  x.stochastic = true;
  return x;
}

inline constexpr precision baseline{"bfloat16", bf16, bf16, bf16};
inline constexpr precision headline{"FP8", e4m3, e4m3, e5m2};

/// What networks are trained in.
inline constexpr precision trained[] = {
    baseline,
    {"float32", f32, f32, f32},
    {"float16, loss scaling", f16, f16, f16, true},
    headline,
    {"e5m2 everywhere", e5m2, e5m2, e5m2},
    {"e4m3 everywhere", e4m3, e4m3, e4m3},
    {"no scaling", unscaled(e4m3), unscaled(e4m3), unscaled(e5m2)},
    {"no scaling, loss scaling", unscaled(e4m3), unscaled(e4m3), nonsaturating(unscaled(e5m2)),
     true},
    {"e4m3_ieee for e4m3", e4m3_ieee, e4m3_ieee, e5m2},
    {"non-saturating", nonsaturating(e4m3), nonsaturating(e4m3), nonsaturating(e5m2)},
    {"stochastic gradients", e4m3, e4m3, stochastic(e5m2)},
};

/// What the baseline's networks are quantized to after training: weights by tensor or channel,
/// activations by tensor.
inline constexpr precision served[] = {
    {"e4m3, by tensor", e4m3, e4m3, f32}, {"e4m3, by channel", by_channel(e4m3), e4m3, f32},
    {"e5m2, by tensor", e5m2, e5m2, f32}, {"e5m2, by channel", by_channel(e5m2), e5m2, f32},
    {"int8, by tensor", int8, int8, f32}, {"int8, by channel", by_channel(int8), int8, f32},
};

}  // namespace accuracy
