// The command line.
#pragma once

#include <optional>

#include "commands/command.hpp"

namespace f8cast {

/// Prints help, version or what is wrong with the arguments. Then there is nothing left to do: an
/// exit status.
std::optional<int> parse(int argc, char** argv, command& into);

}  // namespace f8cast
