// convert: a checkpoint, cast.
#pragma once

#include <iosfwd>
#include <string>

#include "convert/plan.hpp"

namespace f8cast {

/// What is cast, and how scales are written, for --help.
extern const char* const convert_help;

/// Casts what `how` says into `output`, a safetensors file, or a folder of shards if the input has
/// an index, and prints what that did to the values.
void convert_file(const std::string& input, const std::string& output, const conversion& how,
                  std::ostream& out);

}  // namespace f8cast
