// The libraries of unit.cpp in one program: this version from the tree, this version from the
// single header, and a later one whose convert() rounds toward zero. Each runs its own functions,
// and the types are the same.
#define UNIT tree
#include "unit.hpp"
#define UNIT single
#include "unit.hpp"
#define UNIT later
#include "unit.hpp"

int main() {
  const float between = 1.95F;  // 1.875 and 2 are values
  const bool works = tree::version() == F8_VERSION && single::version() == F8_VERSION &&
                     later::version() == F8_VERSION + 1 && tree::converted(between) == 2.0F &&
                     single::converted(between) == 2.0F && later::converted(between) == 1.875F;
  return works ? 0 : 1;
}
