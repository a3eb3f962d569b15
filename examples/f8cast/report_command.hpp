// f8cast report: what casting would do to the values of a file.
#pragma once

#include "command.hpp"

namespace CLI {
class App;
}

namespace f8cast {

void add_report(CLI::App& app, command& into);

}  // namespace f8cast
