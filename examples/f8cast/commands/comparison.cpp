#include "commands/commands.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "print/numbers.hpp"
#include "print/table.hpp"
#include "system/error.hpp"
#include "trial/summary.hpp"
#include "trial/trial.hpp"

namespace f8cast {
namespace {

struct candidate {
  std::string label;
  std::string_view how;
  tile_shape block;
};

const std::vector<candidate>& candidates() {
  static const std::vector<candidate> list{
      {"none", "none", {}},     {"tensor", "tensor", {}},     {"row", "row", {}},
      {"128x128", "block", {}}, {"1x128", "block", {1, 128}}, {"mx", "mx", {}},
  };
  return list;
}

/// All that tensors are cast to, and integers for comparison.
const std::vector<const format*>& formats() {
  static const std::vector<const format*> list = [] {
    std::vector<const format*> result;
    for (const dtype* type : output_dtypes()) {
      if (type->to_8_bits) result.push_back(type->to_8_bits);
    }
    result.push_back(&int8_format);
    return result;
  }();
  return list;
}

/// What is compared, each tensor as often as it is asked for.
struct matrices {
  const checkpoint& from;
  const planner& plans;

  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < from.size(); ++i) {
      const located t = from.at(i);
      if (plans.may_have_scales(t)) visit(t);
    }
  }
};

/// What became of all values of a file.
struct score {
  summary total;
  std::optional<double> worst_snr;  // of a tensor
  double largest_error = 0;         // |y - x| over the tensor's largest |x|

  void add(const summary& tensor) {
    total.add(tensor);
    const auto snr = tensor.finite.snr_db();
    if (snr) worst_snr = std::min(*snr, worst_snr.value_or(*snr));
    if (tensor.largest > 0) {
      largest_error = std::max(largest_error, tensor.largest_difference / tensor.largest);
    }
  }

  std::string share(std::uint64_t count) const {
    return count == 0 ? "0"
                      : percent(static_cast<double>(count) / static_cast<double>(total.values));
  }

  table::row cells() const {
    return {"|",
            decibels(total.finite.snr_db()),
            decibels(worst_snr),
            percent(largest_error),
            share(total.underflowed),
            share(total.saturated)};
  }
};

score try_all(const matrices& tensors, const trial& what) {
  score result;
  tensors.for_each([&](const located& t) {
    result.add(summarize({t, tensors.plans.scales_of(t)}, what));
  });
  return result;
}

/// Codes and scales together.
double bits_per_value(const matrices& tensors, const scaling& how, tile_shape block) {
  std::uint64_t values = 0;
  std::uint64_t bits = 0;
  tensors.for_each([&](const located& t) {
    values += t.what.elements();
    bits += 8 * t.what.elements();
    if (how.has_scales())
      bits += 8 * scales_for(how, t.what, tiles_of(how, t.what.shape, block)).bytes;
  });
  return values == 0 ? 8 : static_cast<double>(bits) / static_cast<double>(values);
}

void append(table::row& to, const table::row& cells) {
  to.insert(to.end(), cells.begin(), cells.end());
}

table::row row_of(const matrices& tensors, const candidate& with) {
  const scaling& how = *find_scaling(with.how);
  char bits[32];
  std::snprintf(bits, sizeof bits, "%.2f", bits_per_value(tensors, how, with.block));
  table::row cells{with.label, bits};
  for (const format* to : formats()) {
    const bool has_sense = to != &int8_format || how.has_scales();
    append(cells, has_sense ? try_all(tensors, {to, &how, with.block}).cells()
                            : table::row{"|", "-", "-", "-", "-", "-"});
  }
  return cells;
}

void print_heading(const std::string& input, const matrices& tensors, std::ostream& out) {
  std::uint64_t values = 0;
  std::uint64_t n = 0;
  tensors.for_each([&](const located& t) {
    values += t.what.elements();
    ++n;
  });
  out << printable(input) << ": " << counted(values, "value") << " in " << counted(n, "tensor")
      << " of two dimensions or more\n\n";
}

void add_heading(table& to) {
  table::row names{"", ""};
  table::row above{"", "bits/"};
  table::row below{"scale for", "value"};
  for (const format* f : formats()) {
    append(names, {"|", std::string(f->name), "", "", "", ""});
    append(above, {"|", "SNR", "worst", "max", "to", "satu-"});
    append(below, {"|", "dB", "dB", "error", "zero", "rated"});
  }
  to.add(names);
  to.add(above);
  to.add(below);
  to.add_rule();
}

}  // namespace

const char* const comparison_help =
    R"(With --compare, one table for the file: e4m3, e5m2, and integers from -127 to 127, whose scales are
absmax / 127 or, for mx, powers of two. Of tensors of two dimensions or more. Columns:
  bits/value  codes and scales together
  SNR dB      as above, of all values; worst: of the tensor that has the least
  max error   largest |y - x|, in percent of the largest |x| of its tensor
  to zero, saturated   as above, in percent of the values)";

void print_comparison(const std::string& input, const checkpoint& from, const conversion& what,
                      std::ostream& out) {
  const planner plans(from, what);
  const matrices tensors{from, plans};
  table result;
  add_heading(result);
  for (const candidate& with : candidates()) result.add(row_of(tensors, with));
  print_heading(input, tensors, out);
  result.print(out);
}

}  // namespace f8cast
