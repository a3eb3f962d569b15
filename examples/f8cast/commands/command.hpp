// What the command line asks for.
#pragma once

#include <functional>
#include <iosfwd>

namespace f8cast {

struct command {
  std::function<int(std::ostream& out)> run;  ///< returns the exit status
  int trouble = 1;                            ///< the exit status of what throws
};

}  // namespace f8cast
