// A second translation unit with the single header: beside the tree, as where a library brings the
// one and the program has the other.
#include <f8/cast.hpp>

#include <f8.hpp>

f8::e4m3 next_to(f8::e4m3 x);
f8::e4m3 next_to(f8::e4m3 x) {
  return nextup(x);
}
