// The command line.
#pragma once

#include <optional>
#include <string>

#include "command.hpp"
#include "target.hpp"

namespace f8cast {

struct options {
  bool convert = false;
  std::optional<std::string> input;
  std::string output;
  target to = target::e4m3;
  command other;  ///< what else it is
};

/// Prints help, version or what is wrong with the arguments. Then there is nothing left to do: an
/// exit status.
std::optional<int> parse(int argc, char** argv, options& into);

}  // namespace f8cast
