// From a type that a file names to the type that the compiler knows. Each calls `f` with a value of
// the type, or does nothing if it is not one of those.
#pragma once

#include <f8/f8.hpp>

#include "types/dtype.hpp"

namespace f8cast {

/// The types of 16 bits or more that are written.
template <class F>
void with_wide_output(number type, F f) {
  if (type == number::f32) f(float{});
  if (type == number::f16) f(f8::float16{});
  if (type == number::bf16) f(f8::bfloat16{});
}

/// Those that are read.
template <class F>
void with_wide(number type, F f) {
  if (type == number::f64) f(double{});
  with_wide_output(type, f);
}

/// The types of 8 bits that are written.
template <class F>
void with_fp8_output(number type, F f) {
  if (type == number::e4m3) f(f8::e4m3{});
  if (type == number::e5m2) f(f8::e5m2{});
}

/// Those that are read.
template <class F>
void with_fp8(number type, F f) {
  if (type == number::e4m3fnuz) f(f8::e4m3fnuz{});
  if (type == number::e5m2fnuz) f(f8::e5m2fnuz{});
  with_fp8_output(type, f);
}

}  // namespace f8cast
