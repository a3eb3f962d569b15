// A table of text in aligned columns.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace f8cast {

/// The first column is aligned left, the others right. The first gets what the others leave of 120
/// characters: what is too long for it stands on a line of its own.
class table {
 public:
  using row = std::vector<std::string>;

  /// No cell has a control character in it.
  void add(const row& cells);
  void add_rule() { rows_.emplace_back(); }
  void print(std::ostream& out) const;

 private:
  std::vector<std::string> rows_;  // cells that end with '\0': many rows in little memory
  std::vector<std::size_t> widths_{0};
};

}  // namespace f8cast
