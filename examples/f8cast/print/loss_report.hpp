// Whose values were lost in a conversion, a line for each tensor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <utility>

#include "checkpoint/model.hpp"
#include "convert/losses.hpp"

namespace f8cast {

/// What all tensors lost, with the names of those alone that come first: there may be millions.
class loss_report {
 public:
  /// Tensors may come in any order.
  void add(const located& of, const losses& what);
  /// A line for each; nothing where nothing was lost.
  void print(std::ostream& out) const;

 private:
  using place_in_input = std::pair<std::string, std::uint64_t>;  // file, offset

  static constexpr std::size_t most_lines = 20;

  std::map<place_in_input, std::string> lines_;
  std::uint64_t tensors_ = 0;
};

}  // namespace f8cast
