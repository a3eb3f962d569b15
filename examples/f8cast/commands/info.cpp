#include "commands/commands.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <string_view>

#include "checkpoint/checkpoint.hpp"
#include "checkpoint/stored_json.hpp"
#include "print/numbers.hpp"
#include "print/table.hpp"
#include "scales/scale_catalog.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

struct amount {
  std::uint64_t tensors = 0, values = 0, bytes = 0;

  void add(const tensor& t) {
    ++tensors;
    values += t.elements();
    bytes += t.bytes;
  }
  table::row row(const std::string& label, const std::string& type) const {
    return {label, type, std::to_string(values), std::to_string(bytes)};
  }
};

std::string shard_in_words(const model& m) {
  return printable(m.file.path()) + ": " + std::string(m.format->in_words) + ", " +
         counted(m.size(), "tensor") + ", " + counted(m.file.size(), "byte");
}

void print_heading(const std::string& input, const checkpoint& c, std::ostream& out) {
  if (c.index) out << printable(input) << ": " << counted(c.shards.size(), "shard") << '\n';
  for (const model& shard : c.shards) {
    out << (c.index ? "  " : "") << shard_in_words(shard) << '\n';
  }
}

/// The metadata of the index and of all shards.
metadata notes_in(const checkpoint& c) {
  metadata result;
  for (const model& shard : c.shards) result.insert(shard.notes.begin(), shard.notes.end());
  if (!c.index) return result;
  for (const auto& [key, value] : c.index->notes) result[key] = string_in(value).value_or(value);
  return result;
}

void print_metadata(const metadata& notes, std::ostream& out) {
  if (!notes.empty()) out << "\nMetadata\n";
  for (const auto& [key, value] : notes) {
    out << "  " << printable(key) << ": " << printable(value) << '\n';
  }
}

table::row row_for(const tensor& t) {
  return {printable(t.name), std::string(t.type->name), to_string(t.shape),
          std::to_string(t.bytes)};
}

/// A name without what it has in common with another.
std::string rest_of(const std::string& name, const std::string& other) {
  const auto end = std::mismatch(name.begin(), name.end(), other.begin(), other.end()).first;
  return {end, name.end()};
}

table::row row_for(const tensor& t, const scale_answer& answer) {
  table::row cells = row_for(t);
  if (!answer.trouble.empty()) {
    cells.insert(cells.end(), {"not understood", "", "", ""});
  } else if (answer.scales) {
    const tensor& values = answer.scales->values.what;
    cells.insert(cells.end(),
                 {printable(rest_of(values.name, t.name)), std::string(values.type->name),
                  to_string(values.shape), to_string(answer.scales->tiles)});
  }
  return cells;
}

/// The scales of a tensor that has codes; none for any other.
scale_answer scales_of(const scale_catalog& scales, const located& t) {
  const part kind = scales.part_of(t.what);
  return kind == part::codes || kind == part::packed ? scales.find(t) : scale_answer{};
}

/// What is wrong with scales, in a line each.
void print_troubles(const checkpoint& c, const scale_catalog& scales, std::ostream& out) {
  bool any = false;
  for (std::size_t i = 0; i < c.size(); ++i) {
    const located t = c.at(i);
    const std::string trouble = scales_of(scales, t).trouble;
    if (trouble.empty()) continue;
    if (!any) out << "\nNot understood\n";
    any = true;
    out << "  " << printable(t.what.name) << ": " << printable(trouble) << '\n';
  }
}

/// What all tensors have in common.
struct overview {
  std::map<std::string_view, amount> by_type;
  amount all;
  bool has_scales = false;
  bool has_troubles = false;

  overview(const checkpoint& c, const scale_catalog& scales) {
    for (std::size_t i = 0; i < c.size(); ++i) {
      const located t = c.at(i);
      by_type[t.what.type->name].add(t.what);
      all.add(t.what);
      const scale_answer answer = scales_of(scales, t);
      has_scales = has_scales || answer.scales || !answer.trouble.empty();
      has_troubles = has_troubles || !answer.trouble.empty();
    }
  }
};

void print_tensors(const checkpoint& c, const scale_catalog& scales, bool any_scales,
                   std::ostream& out) {
  table result;
  table::row heading{"tensor", "dtype", "shape", "bytes"};
  if (any_scales) heading.insert(heading.end(), {"scales", "dtype", "shape", "for each"});
  result.add(heading);
  result.add_rule();
  for (std::size_t i = 0; i < c.size(); ++i) {
    const located t = c.at(i);
    result.add(row_for(t.what, scales_of(scales, t)));
  }
  out << '\n';
  result.print(out);
}

void print_totals(const overview& of, std::ostream& out) {
  table result;
  result.add({"total", "dtype", "values", "bytes"});
  result.add_rule();
  for (const auto& [type, sum] : of.by_type) {
    result.add(sum.row(counted(sum.tensors, "tensor"), std::string(type)));
  }
  result.add_rule();
  result.add(of.all.row(counted(of.all.tensors, "tensor"), ""));
  out << '\n';
  result.print(out);
}

}  // namespace

const char* const info_help =
    R"(Reads the headers alone, however large the files. Columns:
  scales   the tensor beside an 8-bit floating-point tensor NAME whose numbers its codes are to be
           multiplied by: NAME_scale_inv, NAME_scale or, for LAYER.weight, LAYER.scale or
           LAYER.scale_weight; what differs from NAME
  for each what shares a scale, by the two shapes: tensor, matrix (of a stack), row, column or block
Scales that f8cast does not understand, and packed codes, which it does not read, are listed with
the reason.)";

void print_info(const std::string& input, const scale_options& how, std::ostream& out) {
  const checkpoint c = open_checkpoint(input);
  print_heading(input, c, out);
  print_metadata(notes_in(c), out);
  const scale_catalog scales(c, how);
  const overview whole(c, scales);
  print_tensors(c, scales, whole.has_scales, out);
  if (whole.has_troubles) print_troubles(c, scales, out);
  print_totals(whole, out);
}

}  // namespace f8cast
