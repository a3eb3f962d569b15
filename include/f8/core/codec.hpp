// The codec: from the bits of one format to the bits of another.
//
//     codes       what a code says by itself
//     decode      to a wider format, exactly
//     rounder     how bits are cut off
//     unpacked    a number as sign, exponent and significand, rounded to a format
//     encode      to a narrower format, rounded once
//     recode      from any format to any other
//
// All of it computes in integers, so that the result depends on nothing else: not on the rounding
// mode of the floating-point unit, FTZ, DAZ or -ffast-math. No branch depends on the data, so that
// loops over these functions vectorize; all functions are constexpr, so that a compiler that
// evaluates them proves that nothing is undefined.
//
// A predicate of types or formats is a variable, `contains<Target, Source>`; a predicate of a value
// or a code is a function, `is_nan<Format>(code)`.
#ifndef F8_CORE_CODEC_HPP
#define F8_CORE_CODEC_HPP

#include "recode.hpp"

#endif
