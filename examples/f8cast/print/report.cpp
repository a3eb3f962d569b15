#include "print/report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "print/numbers.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

constexpr std::size_t widest_bar = 60;
constexpr std::size_t binades = error_histogram::binades;

struct chart_line {
  std::string label;
  std::uint64_t count;
};

std::string power(std::size_t k) {
  return "2^-" + std::to_string(k);
}

std::string size(std::size_t k) {
  return percent(std::ldexp(1.0, -static_cast<int>(k)));
}

std::vector<chart_line> lines_of(const summary& of) {
  const error_histogram& errors = of.errors;
  std::vector<chart_line> result{{"exact", errors.exact},
                                 {"< " + power(binades) + "  " + size(binades), errors.smaller}};
  for (std::size_t k = binades; k-- > 0;) {
    result.push_back({"< " + (k == 0 ? "1" : power(k)) + "  " + size(k), errors.by_binade[k]});
  }
  result.push_back({"became zero", of.underflowed});
  result.push_back({"saturated", of.saturated});
  result.push_back({"NaN", of.nans});
  return result;
}

void print_line(const chart_line& what, const summary& of, std::uint64_t longest,
                std::ostream& out) {
  const auto part = [&](double whole) {
    return whole == 0 ? 0 : static_cast<double>(what.count) / whole;
  };
  const auto bar =
      static_cast<std::size_t>(std::ceil(widest_bar * part(static_cast<double>(longest))));
  char text[64];
  std::snprintf(text, sizeof text, "%-17s %12s %6.2f%%  ", what.label.c_str(),
                std::to_string(what.count).c_str(), 100 * part(static_cast<double>(of.values)));
  std::string whole = text + std::string(bar, '#');
  whole.erase(whole.find_last_not_of(' ') + 1);
  out << whole << '\n';
}

}  // namespace

const char* const column_help =
    R"(Columns:
  max |x|     largest magnitude of the input; inf if there is an infinity
  saturated   infinite, or too large for the format even after rounding: became its largest finite value
  to zero     not zero, and became zero
  NaN         not a number; left out of everything else
  SNR dB      10 log10 of the sum of x^2 over the sum of (y - x)^2, x finite, y what it became; inf: exact
  max error   largest |y - x| / |x| of the finite x that neither saturated nor became zero
  min .. max  the codes in order: the smallest, those that 1%, 50% and 99% do not exceed, the largest;
              where there are scales, before these multiply them
Tensors that are not F64, F32, F16 or BF16 are not cast, nor, where there are scales, those of fewer
than two dimensions; convert copies them as they are.)";

report::report(const format& to) : values_(to.values_in_order()) {
  table_.add({"", "", "", "max", "satu-", "to", "", "SNR", "max", "", "", "", "", ""});
  table_.add({"tensor", "dtype", "shape", "|x|", "rated", "zero", "NaN", "dB", "error", "min", "1%",
              "median", "99%", "max"});
  table_.add_rule();
}

void report::add(const tensor& t, const summary& result) {
  add_row({printable(t.name), std::string(t.type->name), to_string(t.shape)}, result);
  total_.add(result);
  ++tensors_;
}

void report::add_not_cast(const tensor& t) {
  table_.add({printable(t.name), std::string(t.type->name), to_string(t.shape), "not cast"});
}

void report::add_total() {
  table_.add_rule();
  const std::string label = counted(tensors_, "tensor") + " cast";
  add_row({label, "", std::to_string(total_.values)}, total_);
}

void report::add_row(table::row cells, const summary& result) {
  cells.push_back(short_number(result.largest));
  cells.push_back(std::to_string(result.saturated));
  cells.push_back(std::to_string(result.underflowed));
  cells.push_back(std::to_string(result.nans));
  cells.push_back(decibels(result.finite.snr_db()));
  cells.push_back(percent(result.largest_error));
  for (const unsigned percent : {0U, 1U, 50U, 99U, 100U}) {
    const auto key = result.quantile(percent);
    cells.push_back(key ? short_number(values_[*key]) : "-");
  }
  table_.add(cells);
}

void report::print(std::ostream& out) {
  table_.print(out);
}

void print_errors(const summary& of, std::ostream& out) {
  std::uint64_t longest = 0;
  const std::vector<chart_line> lines = lines_of(of);
  for (const chart_line& what : lines) longest = std::max(longest, what.count);
  out << "\nrelative error          values   share\n";
  for (const chart_line& what : lines) print_line(what, of, longest, out);
}

}  // namespace f8cast
