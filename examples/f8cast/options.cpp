#include "options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "diff.hpp"
#include "info.hpp"
#include "report.hpp"
#include "report_command.hpp"

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

void add_convert(CLI::App& app, options& into) {
  CLI::App& command =
      *app.add_subcommand("convert", "Also write the cast tensors to a .safetensors file");
  command.add_option("INPUT", into.input, "A .safetensors or .npy file")->required();
  command.add_option("-o,--output", into.output, "Where to write; replaced only if all goes well")
      ->required()
      ->type_name("OUTPUT");
  command.footer(column_help);
  add_target(command, into);
  command.callback([&into] { into.convert = true; });
}

}  // namespace

std::optional<int> parse(int argc, char** argv, options& into) {
  CLI::App app("Casts the tensors of a file to 8-bit floating point, and says what that costs.",
               "f8cast");
  app.set_version_flag("--version", "f8cast " F8CAST_VERSION);
  app.footer("Without a command: report, on the weights shipped with f8cast.");
  app.require_subcommand(0, 1);
  add_report(app, into.other);
  add_convert(app, into);
  add_info(app, into.other);
  add_diff(app, into.other);
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
