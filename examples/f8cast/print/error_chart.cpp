#include "print/error_chart.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <string>
#include <vector>

#include "print/numbers.hpp"

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

void print_errors(const summary& of, std::ostream& out) {
  std::uint64_t longest = 0;
  const std::vector<chart_line> lines = lines_of(of);
  for (const chart_line& what : lines) longest = std::max(longest, what.count);
  out << "\nrelative error          values   share\n";
  for (const chart_line& what : lines) print_line(what, of, longest, out);
}

}  // namespace f8cast
