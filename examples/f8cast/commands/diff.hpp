// f8cast diff: in what two files differ, tensor by tensor.
#pragma once

#include <iosfwd>
#include <string>

#include "checkpoint/name_filter.hpp"
#include "scales/scale_catalog.hpp"

namespace f8cast {

struct diff_options {
  std::string a, b;
  name_filter names;  ///< of the tensors that are compared
  scale_options scales;
};

/// What is shown, for --help.
extern const char* const diff_help;

/// Returns the exit status: 0 if no tensor differs, 1 if one does.
int print_diff(const diff_options& options, std::ostream& out);

}  // namespace f8cast
