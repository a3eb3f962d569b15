// NumPy's .npy format, versions 1 to 3: a magic string, the version, the header's length, the
// header, and the array.
#pragma once

#include "checkpoint/tensor.hpp"
#include "system/input_file.hpp"

namespace f8cast {

/// The array, under the name of the file without its extension. Throws file_error unless it is of
/// float16, float32 or float64 in C order, or in an order that is the same.
tensor read_npy_header(const input_file& file);

}  // namespace f8cast
