// The command line of convert.
#pragma once

#include <string>

#include "plan.hpp"

namespace CLI {
class App;
}

namespace f8cast {

struct convert_options {
  std::string input;
  std::string output;
  conversion how;
};

void add_convert_options(CLI::App& command, convert_options& into);

}  // namespace f8cast
