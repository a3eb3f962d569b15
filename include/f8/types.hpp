// The types, and what the standard library asks of a number: without numeric_limits, hash,
// common_type and operator<< at hand, it would answer for another type.
#ifndef F8_TYPES_HPP
#define F8_TYPES_HPP

#include "common_type.hpp"
#include "e8m0.hpp"
#include "float16.hpp"
#include "format.hpp"
#include "fp8.hpp"
#include "hash.hpp"
#include "limits.hpp"
#include "ostream.hpp"
#include "policy.hpp"

#endif
