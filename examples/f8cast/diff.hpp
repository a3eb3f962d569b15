// f8cast diff: in what two files differ.
#pragma once

#include <CLI/CLI.hpp>

#include "command.hpp"

namespace f8cast {

void add_diff(CLI::App& app, command& into);

}  // namespace f8cast
