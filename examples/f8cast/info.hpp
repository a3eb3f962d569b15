// f8cast info: what is in a file.
#pragma once

#include "command.hpp"

namespace CLI {
class App;
}

namespace f8cast {

void add_info(CLI::App& app, command& into);

}  // namespace f8cast
