// Which format with which scales: one table for a whole file.
#pragma once

#include <iosfwd>
#include <string>

#include "checkpoint/checkpoint.hpp"
#include "convert/plan.hpp"

namespace f8cast {

/// What the columns of the table mean, for --help.
extern const char* const comparison_help;

/// Tries e4m3, e5m2 and int8 with each scaling on the tensors that convert could give scales; of
/// `what`, the names and how scales are read count.
void print_comparison(const std::string& input, const checkpoint& from, const conversion& what,
                      std::ostream& out);

}  // namespace f8cast
