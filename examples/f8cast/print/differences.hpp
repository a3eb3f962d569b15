// The table that f8cast diff prints.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

#include "checkpoint/tensor.hpp"
#include "print/table.hpp"
#include "trial/summary.hpp"

namespace f8cast {

class differences {
 public:
  differences();

  void add_equal() { ++tensors_; }
  /// One tensor of two that have values to compare.
  void add(std::string_view name, const tensor& a, const tensor& b, const deviation& found);
  /// One that has none: of a and b, null is for a file without it.
  void add(std::string_view name, const tensor* a, const tensor* b, const std::string& what);

  bool any() const { return differing_ > 0; }
  /// Prints the table. This is called once, at the end.
  void print(std::ostream& out);

 private:
  table table_;
  std::uint64_t tensors_ = 0;
  std::uint64_t differing_ = 0;
  deviation total_;  // of those whose values were compared
};

}  // namespace f8cast
