#include "info.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <string_view>

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
         counted(m.size(), "tensor") + ", " + counted(m.file.size(), "byte");
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
  const tensor& values = scales.values.what;
  table::row cells = row_for(t);
  cells.push_back(values.name.substr(t.name.size()));
  cells.emplace_back(values.type->name);
  cells.push_back(to_string(values.shape));
  cells.push_back(scales.tiles ? to_string(*scales.tiles) : "unclear");
  return cells;
}

/// What all tensors have in common.
struct overview {
  std::map<std::string_view, amount> by_type;
  amount all;
  bool has_scales = false;

  overview(const checkpoint& c, const scale_finder& scales) {
    for (std::size_t i = 0; i < c.size(); ++i) {
      const tensor t = c.at(i).what;
      by_type[t.type->name].add(t);
      all.add(t);
      has_scales = has_scales || scales.find(t);
    }
  }
};

void print_tensors(const checkpoint& c, const scale_finder& scales, bool any_scales,
                   std::ostream& out) {
  table result;
  table::row heading{"tensor", "dtype", "shape", "bytes"};
  if (any_scales) heading.insert(heading.end(), {"scales", "dtype", "shape", "for each"});
  result.add(heading);
  result.add_rule();
  for (std::size_t i = 0; i < c.size(); ++i) {
    const tensor t = c.at(i).what;
    const auto found = scales.find(t);
    result.add(found ? row_for(t, *found) : row_for(t));
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
  scales   the tensor NAME_scale_inv or NAME_scale beside an 8-bit floating-point tensor NAME:
           what its codes are to be multiplied by
  for each what shares a scale, by the two shapes: tensor, row, column or block, of the tensor as a
           matrix that has as many rows as its first dimension says)";

void print_info(const std::string& input, std::ostream& out) {
  const checkpoint c = open_checkpoint(input);
  print_heading(input, c, out);
  print_metadata(notes_in(c), out);
  const scale_finder scales(c);
  const overview whole(c, scales);
  print_tensors(c, scales, whole.has_scales, out);
  print_totals(whole, out);
}

}  // namespace f8cast
