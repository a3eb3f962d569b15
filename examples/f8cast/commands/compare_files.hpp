// Two files, tensor by tensor, in pieces.
#pragma once

#include <string>

#include "checkpoint/name_filter.hpp"
#include "print/differences.hpp"
#include "scales/scale_catalog.hpp"

namespace f8cast {

/// Of the tensors whose names are selected. Throws file_error if either cannot be read,
/// or if codes whose values are compared have scales that are not understood.
differences compare_files(const std::string& path_a, const std::string& path_b,
                          const name_filter& names, const scale_options& how);

}  // namespace f8cast
