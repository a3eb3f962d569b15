// f8cast info: what is in a file.
#pragma once

#include <iosfwd>
#include <string>

#include "scales/scale_catalog.hpp"

namespace f8cast {

/// What is shown, for --help.
extern const char* const info_help;

/// Reads the headers alone.
void print_info(const std::string& input, const scale_options& how, std::ostream& out);

}  // namespace f8cast
