// Included once for each UNIT, which it takes away.
#include <f8/fp8.hpp>

namespace UNIT {
int version();
f8::e4m3 converted(float x);
}  // namespace UNIT

#undef UNIT
