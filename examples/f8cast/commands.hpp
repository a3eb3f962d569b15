// What f8cast does.
#pragma once

#include <iosfwd>
#include <string>

#include "target.hpp"

namespace f8cast {

/// Casts every tensor of the file, writes them to `output`, a safetensors file, and prints what
/// that did to the values.
void convert_file(const std::string& input, const std::string& output, target to,
                  std::ostream& out);

}  // namespace f8cast
