#include "commands/options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/commands.hpp"
#include "print/report.hpp"

namespace f8cast {
namespace {

constexpr int usage_error = 2;
constexpr const char* input_help = "A .safetensors or .npy file, or an index of shards";

// ------------------------------------------------------------------------- what commands share

/// An option that says what it takes in its own words.
template <class Set>
CLI::Option* add_choice(CLI::App& command, const std::string& name, const Set& set,
                        const std::vector<std::string>& choices, const std::string& help,
                        const std::string& kind) {
  return command.add_option_function<std::string>(name, set, help)
      ->check(CLI::IsMember(choices).description(""))
      ->type_name(kind);
}

std::vector<std::string> scaling_names() {
  std::vector<std::string> names;
  for (const scaling& how : scalings()) names.emplace_back(how.name);
  return names;
}

/// What --to may be of the types that are_meant().
template <class Predicate>
std::vector<std::string> names_of_outputs(Predicate are_meant) {
  std::vector<std::string> names;
  for (const dtype* type : output_dtypes()) {
    if (are_meant(*type)) names.emplace_back(type->spelling);
  }
  return names;
}

tile_shape to_tile_shape(const std::string& text) {
  if (const auto block = parse_tile_shape(text)) return *block;
  throw CLI::ValidationError("--block", "'" + text + "' is not ROWSxCOLUMNS, as in 128x128");
}

void add_block_option(CLI::App& command, std::optional<tile_shape>& block,
                      const std::string& help) {
  command
      .add_option_function<std::string>(
          "--block", [&block](const std::string& text) { block = to_tile_shape(text); }, help)
      ->type_name("RxC");
}

/// How scales that are there are to be understood.
void add_ignore_option(CLI::App& command, bool& ignore) {
  command.add_flag("--ignore-scales", ignore,
                   "Take codes whose scales are not understood as they are, and say so");
}

void add_reading_options(CLI::App& command, scale_options& how) {
  add_block_option(command, how.block, "The size of a block, where the file leaves it open");
  add_ignore_option(command, how.ignore);
}

void add_scaling_options(CLI::App& command, const scaling*& how, std::optional<tile_shape>& block,
                         bool& ignore_scales) {
  add_choice(
      command, "--scale", [&how](const std::string& name) { how = find_scaling(name); },
      scaling_names(),
      "What has a scale of its own: none (the default), tensor, row, block or mx, 32 in a row",
      "WHAT");
  add_block_option(
      command, block,
      "The size of a block: 128x128 unless said; and of those that are read, where the "
      "file leaves it open");
  add_ignore_option(command, ignore_scales);
}

/// `what` is done to a tensor: "Cast".
void add_name_options(CLI::App& command, name_filter& names, const std::string& what) {
  const auto add = [&](const char* option, std::vector<std::string>& into,
                       const std::string& help) {
    command.add_option(option, into, help)->allow_extra_args(false)->type_name("PATTERN");
  };
  add("--include", names.include,
      what + " only tensors whose name matches, as in '*.weight'; may be repeated");
  add("--exclude", names.exclude,
      what + " none whose name matches, as in '*embed*'; may be repeated");
}

// -------------------------------------------------------------------------------- the commands

void add_report(CLI::App& app, command& into) {
  CLI::App& report = *app.add_subcommand("report", "Print what the cast does to each tensor");
  const auto options = std::make_shared<report_options>();
  report.add_option("INPUT", options->input,
                    std::string(input_help) + "; without one, the weights shipped with f8cast");
  CLI::Option* to = add_choice(
      report, "--to", [options](const std::string& name) { options->to = find_output_dtype(name); },
      names_of_outputs([](const dtype& type) { return type.is_fp8(); }),
      "Format: e4m3 (largest value 448; the default) or e5m2 (57344)", "FORMAT");
  add_scaling_options(report, options->how, options->block, options->ignore_scales);
  add_name_options(report, options->names, "Cast");
  CLI::Option* plot =
      report
          .add_option("--plot", options->plot,
                      "Draw the values before and after, on the format's number line; an .svg file")
          ->type_name("OUTPUT");
  report.add_flag("--compare", options->compare, "Compare formats and scalings, in one table")
      ->excludes(to, plot, report.get_option("--scale"), report.get_option("--block"));
  report.footer(std::string(column_help) + "\n\n" + comparison_help);
  into.run = [options](std::ostream& out) {
    report_on(*options, out);
    return 0;
  };
}

void check(const conversion& how) {
  if (how.scale->has_scales() && !how.to->is_fp8()) {
    throw CLI::ValidationError("--scale", "only e4m3 and e5m2 are written with scales");
  }
}

struct convert_options {
  std::string input;
  std::string output;
  conversion how;
};

void add_convert(CLI::App& app, command& into) {
  CLI::App& convert =
      *app.add_subcommand("convert", "Write the cast tensors to a .safetensors file");
  const auto options = std::make_shared<convert_options>();
  conversion& how = options->how;
  convert.add_option("INPUT", options->input, input_help)->required();
  convert
      .add_option("-o,--output", options->output,
                  "Where to write: .safetensors, or a folder; replaced only if all goes well")
      ->required()
      ->type_name("OUTPUT");
  add_choice(
      convert, "--to", [&how](const std::string& name) { how.to = find_output_dtype(name); },
      names_of_outputs([](const dtype&) { return true; }),
      "e4m3 (the default), e5m2, f32, f16 or bf16", "TYPE");
  add_scaling_options(convert, how.scale, how.block, how.ignore_scales);
  add_name_options(convert, how.names, "Cast");
  convert.footer(convert_help);
  convert.callback([options, &into] {
    check(options->how);
    into.run = [options](std::ostream& out) {
      convert_file(options->input, options->output, options->how, out);
      return 0;
    };
  });
}

void add_info(CLI::App& app, command& into) {
  CLI::App& info = *app.add_subcommand("info", "Print what is in a file");
  const auto input = std::make_shared<std::string>();
  const auto how = std::make_shared<scale_options>();
  info.add_option("INPUT", *input, input_help)->required();
  add_block_option(info, how->block, "The size of a block, where the file leaves it open");
  info.footer(info_help);
  info.callback([input, how, &into] {
    into.run = [input, how](std::ostream& out) {
      print_info(*input, *how, out);
      return 0;
    };
  });
}

void add_diff(CLI::App& app, command& into) {
  CLI::App& diff = *app.add_subcommand("diff", "Print in what the tensors of two files differ");
  const auto options = std::make_shared<diff_options>();
  diff.add_option("A", options->a, input_help)->required();
  diff.add_option("B", options->b, "Another")->required();
  add_name_options(diff, options->names, "Compare");
  add_reading_options(diff, options->scales);
  diff.footer(diff_help);
  diff.callback([options, &into] {
    into.trouble = usage_error;  // 1 is for files that differ
    into.run = [options](std::ostream& out) { return print_diff(*options, out); };
  });
}

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
