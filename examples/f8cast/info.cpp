#include "info.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "checkpoint.hpp"
#include "error.hpp"
#include "json_text.hpp"
#include "matrix.hpp"
#include "numbers.hpp"
#include "scale_tensor.hpp"
#include "table.hpp"

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

std::string format_of(const std::string& path) {
  return std::filesystem::path(path).extension() == ".npy" ? "a NumPy array" : "safetensors";
}

std::string shard_in_words(const model& m) {
  return printable(m.file.path()) + ": " + format_of(m.file.path()) + ", " +
         counted(m.tensors.size(), "tensor") + ", " + counted(m.file.size(), "byte");
}

void print_heading(const std::string& input, const checkpoint& c, std::ostream& out) {
  if (c.index) out << printable(input) << ": " << counted(c.shards.size(), "shard") << '\n';
  for (const model& shard : c.shards) {
    out << (c.index ? "  " : "") << shard_in_words(shard) << '\n';
  }
}

/// Of the index and of all shards.
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

table::row row_for(const tensor& t, const scale_tensor& scales) {
  const tensor& values = *scales.values.what;
  table::row cells = row_for(t);
  cells.push_back(values.name.substr(t.name.size()));
  cells.emplace_back(values.type->name);
  cells.push_back(to_string(values.shape));
  cells.push_back(scales.tiles ? to_string(*scales.tiles) : "unclear");
  return cells;
}

void print_tensors(const checkpoint& c, std::ostream& out) {
  const std::vector<located> tensors = tensors_in(c);
  const scale_finder scales(c);
  const bool any = std::any_of(tensors.begin(), tensors.end(),
                               [&](const located& t) { return scales.find(*t.what).has_value(); });
  table result;
  table::row heading{"tensor", "dtype", "shape", "bytes"};
  if (any) heading.insert(heading.end(), {"scales", "dtype", "shape", "for each"});
  result.add(heading);
  result.add_rule();
  for (const located& t : tensors) {
    const auto found = scales.find(*t.what);
    result.add(found ? row_for(*t.what, *found) : row_for(*t.what));
  }
  out << '\n';
  result.print(out);
}

void print_totals(const checkpoint& c, std::ostream& out) {
  std::map<std::string_view, amount> by_type;
  amount all;
  for (const located& t : tensors_in(c)) {
    by_type[t.what->type->name].add(*t.what);
    all.add(*t.what);
  }
  table result;
  result.add({"total", "dtype", "values", "bytes"});
  result.add_rule();
  for (const auto& [type, sum] : by_type) {
    result.add(sum.row(counted(sum.tensors, "tensor"), std::string(type)));
  }
  result.add_rule();
  result.add(all.row(counted(all.tensors, "tensor"), ""));
  out << '\n';
  result.print(out);
}

}  // namespace

const char* const info_help =
    R"(Reads the headers alone, however large the files. Columns:
  scales   the tensor NAME_scale_inv or NAME_scale beside an 8-bit floating-point tensor NAME:
           what its codes are to be multiplied by
  for each what shares a scale, by the two shapes: tensor, row, column or block, of the tensor as a
           matrix that has as many rows as its first dimension says)";

void print_info(const std::string& input, std::ostream& out) {
  const checkpoint c = open_checkpoint(input);
  print_heading(input, c, out);
  print_metadata(notes_in(c), out);
  print_tensors(c, out);
  print_totals(c, out);
}

}  // namespace f8cast
