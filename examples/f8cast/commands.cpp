#include "commands.hpp"

#include <algorithm>
#include <ostream>
#include <vector>

#include "cast_tensor.hpp"
#include "error.hpp"
#include "model.hpp"
#include "output_file.hpp"
#include "report.hpp"
#include "safetensors_writer.hpp"

namespace f8cast {
namespace {

void print_heading(const std::string& input, target to, std::ostream& out) {
  out << printable(input) << " to " << name_of(to) << ", nearest-even, saturating at "
      << largest_finite(to) << "\n\n";
}

/// What becomes of a tensor: its type and size.
tensor after_cast(tensor t, target to) {
  if (!t.is_cast()) return t;
  t.bytes = t.elements();
  t.type = dtype_of(to);
  return t;
}

std::vector<tensor> after_cast(const std::vector<tensor>& tensors, target to) {
  std::vector<tensor> result = tensors;
  for (tensor& t : result) t = after_cast(t, to);
  return result;
}

/// Wide elements first, as the reference implementation writes them, so that each tensor begins at
/// a multiple of its element's size; otherwise in the order of the input.
void sort_for_output(std::vector<tensor>& tensors, target to) {
  const auto bits = [to](const tensor& t) { return after_cast(t, to).type->bits; };
  std::stable_sort(tensors.begin(), tensors.end(),
                   [&](const tensor& a, const tensor& b) { return bits(a) > bits(b); });
}

/// Casts the tensors one after the other into `sink`.
report cast_tensors(model& from, target to, const byte_sink& sink) {
  report result(to);
  for (const tensor& t : from.tensors) {
    if (t.is_cast()) {
      result.add(t, cast_tensor(from.file, t, to, sink));
    } else {
      copy_tensor(from.file, t, sink);
      result.add_not_cast(t);
    }
  }
  result.add_total();
  return result;
}

}  // namespace

void convert_file(const std::string& input, const std::string& output, target to,
                  std::ostream& out) {
  model from = open_model(input);
  sort_for_output(from.tensors, to);
  const std::string header = safetensors_header(after_cast(from.tensors, to), from.notes);

  output_file file(output);
  file.write(header.data(), header.size());
  const report result =
      cast_tensors(from, to, [&](const void* bytes, std::size_t n) { file.write(bytes, n); });
  file.commit();

  print_heading(input, to, out);
  result.print(out);
  out << "\nWrote " << printable(output) << ", " << file.size() << " bytes\n";
}

}  // namespace f8cast
