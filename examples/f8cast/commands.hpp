// What f8cast does.
#pragma once

#include <iosfwd>
#include <string>

#include "target.hpp"

namespace f8cast {

/// Casts every tensor of the file and prints what that did to its values.
void print_report(const std::string& input, target to, std::ostream& out);

}  // namespace f8cast
