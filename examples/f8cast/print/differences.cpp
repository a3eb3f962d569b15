#include "print/differences.hpp"

#include <ostream>
#include <utility>

#include "print/numbers.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

std::string description(const tensor* t) {
  return t ? std::string(t->type->name) + ' ' + to_string(t->shape) : "-";
}

table::row with_numbers(table::row cells, const deviation& found) {
  cells.push_back(std::to_string(found.values));
  cells.push_back(std::to_string(found.differing));
  cells.push_back(short_number(found.largest_difference));
  cells.push_back(percent(found.largest_error));
  cells.push_back(std::to_string(found.to_zero));
  cells.push_back(decibels(found.finite.snr_db()));
  return cells;
}

}  // namespace

differences::differences() {
  table_.add({"", "", "", "", "", "max", "max", "to", "SNR"});
  table_.add({"tensor", "A", "B", "values", "differ", "|b-a|", "error", "zero", "dB"});
  table_.add_rule();
}

void differences::add(std::string_view name, const tensor& a, const tensor& b,
                      const deviation& found) {
  table_.add(with_numbers(
      {printable(std::string(name)), std::string(a.type->name), std::string(b.type->name)}, found));
  total_.add(found);
  ++tensors_;
  ++differing_;
}

void differences::add(std::string_view name, const tensor* a, const tensor* b,
                      const std::string& what) {
  table_.add({printable(std::string(name)), description(a), description(b), what});
  ++tensors_;
  ++differing_;
}

void differences::print(std::ostream& out) {
  if (!any()) {
    out << counted(tensors_, "tensor") << ", none differs\n";
    return;
  }
  table_.add_rule();
  const std::string label = std::to_string(differing_) + " of " + counted(tensors_, "tensor");
  table_.add(with_numbers({label + (differing_ == 1 ? " differs" : " differ"), "", ""}, total_));
  table_.print(out);
}

}  // namespace f8cast
