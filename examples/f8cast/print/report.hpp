// What f8cast report prints: a table of tensors, and the errors as bars of text.
#pragma once

#include <array>
#include <cstddef>
#include <iosfwd>

#include "checkpoint/tensor.hpp"
#include "print/table.hpp"
#include "trial/summary.hpp"
#include "types/format.hpp"

namespace f8cast {

/// What the columns of the table mean, for --help.
extern const char* const column_help;

class report {
 public:
  explicit report(const format& to);

  void add(const tensor& t, const summary& result);
  void add_not_cast(const tensor& t);
  void add_total();
  const summary& total() const { return total_; }
  void print(std::ostream& out);

 private:
  void add_row(table::row cells, const summary& result);

  std::array<float, 256> values_;  // by key
  table table_;
  std::size_t tensors_ = 0;
  summary total_;
};

/// A line for each binade of the relative error, and one for each fate that has none: together,
/// all values.
void print_errors(const summary& of, std::ostream& out);

}  // namespace f8cast
