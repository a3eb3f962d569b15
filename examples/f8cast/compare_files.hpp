// Two files, tensor by tensor, in pieces.
#pragma once

#include <string>

#include "differences.hpp"

namespace f8cast {

/// Throws file_error if either cannot be read.
differences compare_files(const std::string& path_a, const std::string& path_b);

}  // namespace f8cast
