// f8cast report: what casting would do to the values of a file.
#pragma once

#include <CLI/CLI.hpp>

#include "command.hpp"

namespace f8cast {

void add_report(CLI::App& app, command& into);

}  // namespace f8cast
