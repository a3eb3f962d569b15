#include "commands.hpp"

#include <ostream>

#include "cast_tensor.hpp"
#include "error.hpp"
#include "model.hpp"
#include "report.hpp"

namespace f8cast {
namespace {

void print_heading(const std::string& input, target to, std::ostream& out) {
  out << printable(input) << " to " << name_of(to) << ", nearest-even, saturating at "
      << largest_finite(to) << "\n\n";
}

}  // namespace

void print_report(const std::string& input, target to, std::ostream& out) {
  const model from = open_model(input);
  report result(to);
  for (const tensor& t : from.tensors) {
    if (t.is_cast()) {
      result.add(t, cast_tensor(from.file, t, to));
    } else {
      result.add_not_cast(t);
    }
  }
  result.add_total();
  print_heading(input, to, out);
  result.print(out);
}

}  // namespace f8cast
