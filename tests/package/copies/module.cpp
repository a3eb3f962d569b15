// A module that uses f8 in its global module fragment, and exports the types and functions of its
// own.
module;

#include <f8/arithmetic.hpp>
#include <f8/convert.hpp>
#include <f8/f8.hpp>
#include <f8/scale.hpp>
#include <f8/sort.hpp>

export module halves;

export namespace halves {

using code = f8::e4m3;

template <class T>
T half(T x) {
  return f8::cast<T>(float{x} / 2);
}

void halve(const float* in, code* out, std::size_t n) {
  f8::convert(in, out, n);
  for (std::size_t i = 0; i < n; ++i) out[i] = half(out[i]);
  f8::sort(out, out + n);
}

}  // namespace halves
