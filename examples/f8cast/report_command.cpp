#include "report_command.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>

#include "checkpoint.hpp"
#include "comparison.hpp"
#include "error.hpp"
#include "error_chart.hpp"
#include "numbers.hpp"
#include "output_file.hpp"
#include "plan.hpp"
#include "plot.hpp"
#include "report.hpp"
#include "shipped_weights.hpp"
#include "trial.hpp"
#include "value_histogram.hpp"

namespace f8cast {
namespace {

trial trial_of(const report_options& options) {
  return {&format_of(options.to), options.how, options.block.value_or(tile_shape{})};
}

/// What convert would be asked for.
conversion conversion_of(const report_options& options) {
  return {dtype_of(options.to), options.how, options.block, options.ignore_scales, options.names};
}

std::string heading(const std::string& input, const report_options& options) {
  return printable(input) + " to " + std::string(name_of(options.to));
}

std::string manner(const report_options& options) {
  return "nearest-even, saturating at " + long_number(largest_finite(options.to)) +
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
  findings result{report(options.to), {}};
  for (std::size_t i = 0; i < from.size(); ++i) {
    const located t = from.at(i);
    if (!plans.is_rounded(t)) {
      result.table.add_not_cast(t.what);
      continue;
    }
    summary of_tensor;
    try_tensor({t, plans.scales_of(t)}, what, [&](const tried& now) {
      of_tensor.add(now);
      if (!options.plot.empty()) result.quotients.add(now.quotient);
    });
    result.table.add(t.what, of_tensor);
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
  findings found = examine(from, options);
  std::uint64_t written = 0;
  if (!options.plot.empty()) written = write_plot(input, found, options);
  out << heading(input, options) << ", " << manner(options) << "\n\n";
  found.table.print(out);
  print_errors(found.table.total(), out);
  if (written > 0) out << "\nWrote " << printable(options.plot) << ", " << written << " bytes\n";
}

}  // namespace

void report_on(const report_options& options, std::ostream& out) {
  const std::string input = options.input ? *options.input : shipped_weights();
  const checkpoint from = open_checkpoint(input);
  if (options.compare) {
    print_comparison(input, from, conversion_of(options), out);
  } else {
    print_report(input, from, options, out);
  }
}

}  // namespace f8cast
