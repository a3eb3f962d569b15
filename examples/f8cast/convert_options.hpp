// f8cast convert: its command line.
#pragma once

#include "command.hpp"

namespace CLI {
class App;
}

namespace f8cast {

void add_convert(CLI::App& app, command& into);

}  // namespace f8cast
