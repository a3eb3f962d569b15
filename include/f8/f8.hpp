// f8: 8-bit floating-point value types. The types and all that a scalar program needs; arrays are
// in f8/convert.hpp, texts in f8/text.hpp, f8/literals.hpp and f8/istream.hpp.
#ifndef F8_F8_HPP
#define F8_F8_HPP

#include "math.hpp"
#include "order.hpp"
#include "types.hpp"

#endif
