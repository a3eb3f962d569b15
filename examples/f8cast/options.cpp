#include "options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "convert_options.hpp"
#include "diff.hpp"
#include "info.hpp"
#include "report_command.hpp"

namespace f8cast {
namespace {

constexpr int usage_error = 2;

}  // namespace

std::optional<int> parse(int argc, char** argv, command& into) {
  CLI::App app("Casts the tensors of a file to 8-bit floating point, and says what that costs.",
               "f8cast");
  app.set_version_flag("--version", "f8cast " F8CAST_VERSION);
  app.footer("Without a command: report, on the weights shipped with f8cast.");
  app.require_subcommand(0, 1);
  add_report(app, into);
  add_convert(app, into);
  add_info(app, into);
  add_diff(app, into);
  try {
    app.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::cerr << "f8cast: " << error.what() << "; see f8cast --help\n";
    return usage_error;
  }
}

}  // namespace f8cast
