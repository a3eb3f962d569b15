#include "info.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <ostream>
#include <string>

#include "error.hpp"
#include "matrix.hpp"
#include "model.hpp"
#include "numbers.hpp"
#include "scale_tensor.hpp"
#include "table.hpp"

namespace f8cast {
namespace {

const char* const column_help =
    R"(Reads the header alone, however large the file. Columns:
  scales   the tensor NAME_scale_inv or NAME_scale beside an 8-bit floating-point tensor NAME:
           what its codes are to be multiplied by
  for each what shares a scale, by the two shapes: tensor, row, column or block, of the tensor as a
           matrix that has as many rows as its first dimension says)";

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

void print_heading(const model& m, std::ostream& out) {
  out << printable(m.file.path()) << ": " << format_of(m.file.path()) << ", "
      << counted(m.tensors.size(), "tensor") << ", " << counted(m.file.size(), "byte") << "\n\n";
}

void print_metadata(const metadata& notes, std::ostream& out) {
  if (notes.empty()) return;
  out << "Metadata\n";
  for (const auto& [key, value] : notes) {
    out << "  " << printable(key) << ": " << printable(value) << '\n';
  }
  out << '\n';
}

table::row describe(const tensor& t) {
  return {printable(t.name), std::string(t.type->name), to_string(t.shape),
          std::to_string(t.bytes)};
}

table::row describe(const tensor& t, const scale_tensor& scales) {
  table::row cells = describe(t);
  cells.push_back(scales.values->name.substr(t.name.size()));
  cells.emplace_back(scales.values->type->name);
  cells.push_back(to_string(scales.values->shape));
  cells.push_back(scales.tiles ? to_string(*scales.tiles) : "unclear");
  return cells;
}

void print_tensors(const model& m, std::ostream& out) {
  const scale_finder scales(m.tensors);
  const bool any = std::any_of(m.tensors.begin(), m.tensors.end(),
                               [&](const tensor& t) { return scales.find(t).has_value(); });
  table result;
  table::row heading{"tensor", "dtype", "shape", "bytes"};
  if (any) heading.insert(heading.end(), {"scales", "dtype", "shape", "for each"});
  result.add(heading);
  result.add_rule();
  for (const tensor& t : m.tensors) {
    const auto found = scales.find(t);
    result.add(found ? describe(t, *found) : describe(t));
  }
  result.print(out);
}

void print_totals(const model& m, std::ostream& out) {
  std::map<std::string_view, amount> by_type;
  amount all;
  for (const tensor& t : m.tensors) {
    by_type[t.type->name].add(t);
    all.add(t);
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

void print_info(const std::string& input, std::ostream& out) {
  const model m = open_model(input);
  print_heading(m, out);
  print_metadata(m.notes, out);
  print_tensors(m, out);
  print_totals(m, out);
}

}  // namespace

void add_info(CLI::App& app, command& into) {
  CLI::App& info = *app.add_subcommand("info", "Print what is in a file");
  const auto input = std::make_shared<std::string>();
  info.add_option("INPUT", *input, "A .safetensors or .npy file")->required();
  info.footer(column_help);
  info.callback([input, &into] {
    into.run = [input](std::ostream& out) {
      print_info(*input, out);
      return 0;
    };
  });
}

}  // namespace f8cast
