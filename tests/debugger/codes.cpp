// Values for a debugger to look at, with the floats that they are. Nothing runs: all is in the
// program's file.
#include "f8/f8.hpp"

namespace {

template <class T, unsigned Step = 1>
struct codes {
  static constexpr unsigned size = (1u << 8 * sizeof(T)) / Step;
  T values[size] = {};
  float floats[size] = {};

  constexpr codes() {
    for (unsigned i = 0; i < size; ++i) {
      values[i] = T::from_bits(i * Step);
      floats[i] = values[i];
    }
  }
};

}  // namespace

extern const codes<f8::e4m3> e4m3;
extern const codes<f8::e5m2> e5m2;
extern const codes<f8::e3m4> e3m4;
extern const codes<f8::e4m3fnuz> e4m3fnuz;
extern const codes<f8::e4m3b11fnuz> e4m3b11fnuz;
extern const codes<f8::e8m0> e8m0;
extern const codes<f8::float16, 251> float16;
extern const codes<f8::bfloat16, 251> bfloat16;

constexpr codes<f8::e4m3> e4m3;
constexpr codes<f8::e5m2> e5m2;
constexpr codes<f8::e3m4> e3m4;
constexpr codes<f8::e4m3fnuz> e4m3fnuz;
constexpr codes<f8::e4m3b11fnuz> e4m3b11fnuz;
constexpr codes<f8::e8m0> e8m0;
constexpr codes<f8::float16, 251> float16;
constexpr codes<f8::bfloat16, 251> bfloat16;

int main() {}
