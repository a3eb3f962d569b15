#include "report_command.hpp"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "checkpoint.hpp"
#include "comparison.hpp"
#include "error.hpp"
#include "error_chart.hpp"
#include "numbers.hpp"
#include "output_file.hpp"
#include "plot.hpp"
#include "report.hpp"
#include "scaling_options.hpp"
#include "shipped_weights.hpp"
#include "trial.hpp"
#include "value_histogram.hpp"

namespace f8cast {
namespace {

struct report_options {
  std::optional<std::string> input;
  target to = target::e4m3;
  const scaling* how = nullptr;
  tile_shape block;
  bool errors = false;
  bool compare = false;
  std::string plot;  // empty: none

  trial what() const { return {&format_of(to), how, block}; }
};

std::string heading(const std::string& input, const report_options& options) {
  return printable(input) + " to " + std::string(name_of(options.to));
}

std::string manner(const report_options& options) {
  return "nearest-even, saturating at " + long_number(largest_finite(options.to)) +
         scales_in_words(options.what());
}

/// What is gathered in one reading of the file.
struct findings {
  report table;
  value_histogram quotients;  // if there is to be a plot
};

findings examine(const checkpoint& from, const report_options& options) {
  const trial what = options.what();
  findings result{report(options.to), {}};
  for (const located& t : tensors_in(from)) {
    if (!what.applies_to(*t.what)) {
      result.table.add_not_cast(*t.what);
      continue;
    }
    summary of_tensor;
    try_tensor(t, what, [&](const tried& now) {
      of_tensor.add(now);
      if (!options.plot.empty()) result.quotients.add(now.quotient);
    });
    result.table.add(*t.what, of_tensor);
  }
  result.table.add_total();
  return result;
}

/// Returns its size.
std::uint64_t write_plot(const std::string& input, const findings& found,
                         const report_options& options) {
  const std::string name = std::filesystem::path(input).filename().string();
  const std::string text = draw({heading(name, options), manner(options), found.quotients,
                                 found.table.total(), options.how->has_scales()},
                                options.to);
  output_file file(options.plot);
  file.write(text.data(), text.size());
  file.commit();
  return file.size();
}

void print_report(const std::string& input, const checkpoint& from, const report_options& options,
                  std::ostream& out) {
  const findings found = examine(from, options);
  std::uint64_t written = 0;
  if (!options.plot.empty()) written = write_plot(input, found, options);
  out << heading(input, options) << ", " << manner(options) << "\n\n";
  found.table.print(out);
  if (options.errors) print_errors(found.table.total(), out);
  if (written > 0) out << "\nWrote " << printable(options.plot) << ", " << written << " bytes\n";
}

int run(const report_options& options, std::ostream& out) {
  const std::string input = options.input ? *options.input : shipped_weights();
  const checkpoint from = open_checkpoint(input);
  if (options.compare) {
    print_comparison(input, from, out);
  } else {
    print_report(input, from, options, out);
  }
  return 0;
}

void add_options(CLI::App& command, report_options& into) {
  command.add_option("INPUT", into.input,
                     "A .safetensors or .npy file, or an index of shards; without one, the weights "
                     "shipped with f8cast");
  const auto set = [&into](const std::string& name) {
    into.to = name == "e5m2" ? target::e5m2 : target::e4m3;
  };
  CLI::Option* to =
      command
          .add_option_function<std::string>(
              "--to", set, "Format: e4m3 (largest value 448; the default) or e5m2 (57344)")
          ->check(CLI::IsMember({"e4m3", "e5m2"}).description(""))
          ->type_name("FORMAT");
  add_scaling_options(command, into.how, into.block);
  CLI::Option* errors =
      command.add_flag("--errors", into.errors, "Add a histogram of the relative errors");
  CLI::Option* plot =
      command
          .add_option("--plot", into.plot,
                      "Draw the values before and after, on the format's number line; an SVG file")
          ->type_name("OUTPUT");
  command.add_flag("--compare", into.compare, "Compare formats and scalings, in one table")
      ->excludes(to, errors, plot, command.get_option("--scale"), command.get_option("--block"));
}

}  // namespace

void add_report(CLI::App& app, command& into) {
  CLI::App& report = *app.add_subcommand("report", "Print what the cast does to each tensor");
  const auto options = std::make_shared<report_options>();
  add_options(report, *options);
  report.footer(std::string(column_help) + "\n\n" + comparison_help);
  into.run = [options](std::ostream& out) { return run(*options, out); };
}

}  // namespace f8cast
