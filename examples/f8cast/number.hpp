// From a type that a file names to the type that the compiler knows.
#pragma once

#include <f8/f8.hpp>

#include "dtype.hpp"

namespace f8cast {

/// Calls `f` with a value of the type, if it has 16 bits or more; does nothing otherwise.
template <class F>
void with_wide(number type, F f) {
  switch (type) {
    case number::f64:
      return f(double{});
    case number::f32:
      return f(float{});
    case number::f16:
      return f(f8::float16{});
    case number::bf16:
      return f(f8::bfloat16{});
    default:
      return;
  }
}

/// The same for types of 8 bits.
template <class F>
void with_fp8(number type, F f) {
  switch (type) {
    case number::e4m3:
      return f(f8::e4m3{});
    case number::e5m2:
      return f(f8::e5m2{});
    case number::e4m3fnuz:
      return f(f8::e4m3fnuz{});
    case number::e5m2fnuz:
      return f(f8::e5m2fnuz{});
    default:
      return;
  }
}

}  // namespace f8cast
