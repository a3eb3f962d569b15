// Imports the module, and includes the headers too.
#include <f8/convert.hpp>
#include <f8/f8.hpp>

import halves;

int main() {
  const float in[3] = {6, 4, 2};
  halves::code out[3];
  halves::halve(in, out, 3);
  float back[3];
  f8::convert(out, back);
  const f8::e5m2 quarter = halves::half(f8::e5m2{0.5F});
  return back[0] == 1 && back[1] == 2 && back[2] == 3 && quarter == 0.25F ? 0 : 1;
}
