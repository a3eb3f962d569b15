// NumPy's .npy format, versions 1 to 3: a magic string, the version, the header's length, the
// header, and the array. The header is a Python dictionary, {'descr': '<f4', 'fortran_order':
// False, 'shape': (2, 3), }.
#pragma once

#include "checkpoint/file_format.hpp"

namespace f8cast {

/// One array of float16, float32 or float64 in C order, or in an order that is the same.
extern const file_format npy_format;

}  // namespace f8cast
