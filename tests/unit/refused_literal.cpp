// Does not compile, for a reason that tests/unit/CMakeLists.txt names with F8_LITERAL.
#include "f8/literals.hpp"

using namespace f8::literals;

const float value = F8_LITERAL;
