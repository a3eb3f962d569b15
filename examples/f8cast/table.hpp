// A table of text in aligned columns.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

namespace f8cast {

/// The first column is aligned left, the others right. The first gets what the others leave of 120
/// characters: what is too long for it stands on a line of its own.
class table {
 public:
  using row = std::vector<std::string>;

  void add(row cells) { rows_.push_back(std::move(cells)); }
  void add_rule() { rows_.emplace_back(); }
  void print(std::ostream& out) const;

 private:
  std::vector<row> rows_;  // an empty one is a rule
};

}  // namespace f8cast
