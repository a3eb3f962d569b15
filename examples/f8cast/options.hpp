// The command line.
#pragma once

#include <optional>
#include <string>

#include "convert_options.hpp"
#include "target.hpp"

namespace f8cast {

struct options {
  bool convert = false;              ///< or report
  std::optional<std::string> input;  ///< of a report; none: the shipped weights
  target to = target::e4m3;          ///< of a report
  convert_options conversion;
};

/// Prints help, version or what is wrong with the arguments. Then there is nothing left to do: an
/// exit status.
std::optional<int> parse(int argc, char** argv, options& into);

}  // namespace f8cast
