#include "commands/commands.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include "checkpoint/checkpoint.hpp"
#include "checkpoint/file_format.hpp"
#include "convert/plan.hpp"
#include "plot/bars.hpp"
#include "plot/plot.hpp"
#include "print/numbers.hpp"
#include "print/report.hpp"
#include "system/error.hpp"
#include "system/output_file.hpp"
#include "trial/trial.hpp"

namespace f8cast {
namespace {

trial trial_of(const report_options& options) {
  return {options.to->to_8_bits, options.how, options.block.value_or(tile_shape{})};
}

/// What convert would be asked for.
conversion conversion_of(const report_options& options) {
  return {options.to, options.how, options.block, options.ignore_scales, options.names};
}

std::string heading(const std::string& input, const report_options& options) {
  return printable(input) + " to " + std::string(options.to->spelling);
}

std::string manner(const report_options& options) {
  return "nearest-even, saturating at " + long_number(options.to->to_8_bits->largest) +
         scales_in_words(trial_of(options));
}

/// What is gathered in one reading of the file.
struct findings {
  report table;
  value_histogram quotients;  // if there is to be a plot
};

findings examine(const checkpoint& from, const report_options& options) {
  const trial what = trial_of(options);
  const conversion same = conversion_of(options);
  const planner plans(from, same);
  findings result{report(*options.to->to_8_bits), {}};
  bool reads_scales = false;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const located t = from.at(i);
    if (!plans.is_rounded(t)) {
      result.table.add_not_cast(t.what);
      continue;
    }
    summary of_tensor;
    const subject tried_one{t, plans.scales_of(t)};
    reads_scales = reads_scales || tried_one.scales;
    const std::string ignored = plans.scales().ignored(t);
    if (!ignored.empty()) print_ignored(t, ignored, std::cerr);
    try_tensor(tried_one, what, [&](const tried& now) {
      of_tensor.add(now);
      if (!options.plot.empty()) result.quotients.add(now.quotient);
    });
    result.table.add(t.what, of_tensor);
  }
  check_use_of_block(same, reads_scales);
  result.table.add_total();
  return result;
}

void check_name_of_plot(const std::string& path) {
  const std::string suffix = suffix_of(path);
  if (suffix == ".svg") return;
  fail({path}, "a plot is an .svg file" + (suffix.empty() ? suffix : ", no " + suffix));
}

/// Where the plot is to go, if there is to be one.
std::optional<output_file> begin_plot(const checkpoint& from, const report_options& options) {
  if (options.plot.empty()) return std::nullopt;
  check_name_of_plot(options.plot);
  return std::optional<output_file>(std::in_place, options.plot, from.paths());
}

void write_plot(const std::string& input, const findings& found, const report_options& options,
                output_file& file) {
  const std::string name = std::filesystem::path(input).filename().string();
  const std::string text = draw({heading(name, options), manner(options), found.quotients,
                                 found.table.total(), options.how->has_scales()},
                                *options.to->to_8_bits);
  file.write(text.data(), text.size());
  file.commit();
}

void print_report(const std::string& input, const checkpoint& from, const report_options& options,
                  std::ostream& out) {
  std::optional<output_file> plot = begin_plot(from, options);  // before what may take an hour
  findings found = examine(from, options);
  if (plot) write_plot(input, found, options, *plot);
  out << heading(input, options) << ", " << manner(options) << "\n\n";
  found.table.print(out);
  print_errors(found.table.total(), out);
  if (plot) out << "\nWrote " << printable(options.plot) << ", " << plot->size() << " bytes\n";
}

}  // namespace

void report_on(const report_options& options, std::ostream& out) {
  const std::string input = options.input ? *options.input : shipped_weights();
  const checkpoint from = open_checkpoint(input);
  options.names.expect_matches({&from});
  if (options.compare) {
    print_comparison(input, from, conversion_of(options), out);
  } else {
    print_report(input, from, options, out);
  }
}

}  // namespace f8cast
