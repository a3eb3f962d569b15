// The command line.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>

namespace f8cast {

/// What the command line asks for.
struct command {
  std::function<int(std::ostream& out)> run;  ///< returns the exit status
  int trouble = 1;                            ///< the exit status of what throws
};

/// Prints help, version or what is wrong with the arguments. Then there is nothing left to do: an
/// exit status.
std::optional<int> parse(int argc, char** argv, command& into);

}  // namespace f8cast
