// A table of text in aligned columns.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "system/spool.hpp"

namespace f8cast {

/// The first column is aligned left, the others right. The first gets what the others leave of 120
/// characters: what is too long for it stands on a line of its own. Of many rows, most are in a
/// temporary file.
class table {
 public:
  using row = std::vector<std::string>;

  /// No cell has a control character in it.
  void add(const row& cells);
  void add_rule() { rows_.add({}); }
  void print(std::ostream& out);

 private:
  spool rows_;  // of cells that end with '\0'
  std::vector<std::size_t> widths_{0};
};

}  // namespace f8cast
