// The examples in the documentation of the headers, which have to compile and whose assertions have
// to hold. Their text is the headers'.
#include <f8/arithmetic.hpp>
#include <f8/convert.hpp>
#include <f8/f8.hpp>
#include <f8/scale.hpp>
#include <f8/sort.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

#undef NDEBUG
#include <cassert>

namespace {

#include "doc_examples.inc"

}  // namespace

int main() {
  call_examples();
  return 0;
}
