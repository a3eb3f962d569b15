#include "options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "convert_options.hpp"
#include "report.hpp"

namespace f8cast {
namespace {

constexpr int usage_error = 2;

void add_target(CLI::App& command, options& into) {
  const auto set = [&into](const std::string& name) {
    into.to = name == "e5m2" ? target::e5m2 : target::e4m3;
  };
  command
      .add_option_function<std::string>(
          "--to", set, "Format: e4m3 (largest value 448; the default) or e5m2 (57344)")
      ->check(CLI::IsMember({"e4m3", "e5m2"}).description(""))
      ->type_name("FORMAT");
}

void add_report(CLI::App& app, options& into) {
  CLI::App& command = *app.add_subcommand("report", "Print what the cast does to each tensor");
  command.add_option("INPUT", into.input,
                     "A .safetensors or .npy file; without one, the weights shipped with f8cast");
  command.footer(column_help);
  add_target(command, into);
}

void add_convert(CLI::App& app, options& into) {
  CLI::App& command =
      *app.add_subcommand("convert", "Write the cast tensors to a .safetensors file");
  add_convert_options(command, into.conversion);
  command.parse_complete_callback([&into] { into.convert = true; });
}

}  // namespace

std::optional<int> parse(int argc, char** argv, options& into) {
  CLI::App app("Casts the tensors of a file to 8-bit floating point, and says what that costs.",
               "f8cast");
  app.set_version_flag("--version", "f8cast " F8CAST_VERSION);
  app.footer("Without a command: report, on the weights shipped with f8cast.");
  app.require_subcommand(0, 1);
  add_report(app, into);
  add_convert(app, into);
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
