// A library that keeps its f8 to itself, but for the types in its interface. It is compiled with
// different copies of f8, in the namespace UNIT.
#include <f8/convert.hpp>
#include <f8/f8.hpp>
#include <f8/sort.hpp>

namespace UNIT {

int version() {
  return F8_VERSION;
}

f8::e4m3 converted(float x) {
  f8::e4m3 result[40];
  float in[40];
  for (float& value : in) value = x;
  f8::convert(in, result);
  f8::sort(result);
  return result[0];
}

}  // namespace UNIT
