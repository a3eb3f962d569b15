// f8: 8-bit floating-point value types. The types and all that a scalar program needs; arrays are
// in f8/convert.hpp.
#pragma once

#include "e8m0.hpp"
#include "float16.hpp"
#include "format.hpp"
#include "fp8.hpp"
#include "hash.hpp"
#include "limits.hpp"
#include "math.hpp"
#include "order.hpp"
#include "policy.hpp"
