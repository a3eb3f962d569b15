// f8cast info: what is in a file.
#pragma once

#include <CLI/CLI.hpp>

#include "command.hpp"

namespace f8cast {

void add_info(CLI::App& app, command& into);

}  // namespace f8cast
