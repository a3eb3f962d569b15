#include "report_command.hpp"

#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "comparison.hpp"
#include "error.hpp"
#include "error_chart.hpp"
#include "model.hpp"
#include "report.hpp"
#include "scaling_options.hpp"
#include "shipped_weights.hpp"
#include "trial.hpp"

namespace f8cast {
namespace {

struct report_options {
  std::optional<std::string> input;
  target to = target::e4m3;
  const scaling* how = nullptr;
  tile_shape block;
  bool errors = false;
  bool compare = false;
  std::string plot;

  trial what() const { return {&format_of(to), how, block}; }
};

void print_heading(const std::string& input, const report_options& options, std::ostream& out) {
  out << printable(input) << " to " << name_of(options.to) << ", nearest-even, saturating at "
      << largest_finite(options.to) << scales_in_words(options.what()) << "\n\n";
}

void print_report(model& from, const report_options& options, std::ostream& out) {
  const trial what = options.what();
  report result(options.to);
  for (const tensor& t : from.tensors) {
    if (what.applies_to(t)) {
      result.add(t, summarize(from.file, t, what));
    } else {
      result.add_not_cast(t);
    }
  }
  result.add_total();
  print_heading(from.file.path(), options, out);
  result.print(out);
  if (options.errors) print_errors(result.total(), out);
}

int run(const report_options& options, std::ostream& out) {
  model from = open_model(options.input ? *options.input : shipped_weights());
  if (options.compare) {
    print_comparison(from, out);
  } else {
    print_report(from, options, out);
  }
  return 0;
}

void add_options(CLI::App& command, report_options& into) {
  command.add_option("INPUT", into.input,
                     "A .safetensors or .npy file; without one, the weights shipped with f8cast");
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
  command.add_flag("--compare", into.compare, "Compare formats and scalings, in one table")
      ->excludes(to, errors, command.get_option("--scale"), command.get_option("--block"));
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
