// Which format with which scales: one table for a whole file.
#pragma once

#include <iosfwd>
#include <string>

#include "checkpoint.hpp"
#include "name_filter.hpp"

namespace f8cast {

/// What the columns of the table mean, for --help.
extern const char* const comparison_help;

/// Tries e4m3, e5m2 and int8 with each scaling on the tensors that would have scales.
void print_comparison(const std::string& input, const checkpoint& from, const name_filter& names,
                      std::ostream& out);

}  // namespace f8cast
