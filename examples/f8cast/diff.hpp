// f8cast diff: in what two files differ.
#pragma once

#include "command.hpp"

namespace CLI {
class App;
}

namespace f8cast {

void add_diff(CLI::App& app, command& into);

}  // namespace f8cast
