// A table of text in aligned columns, of as many rows as there are.
#pragma once

#include <cstddef>
#include <cstdio>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace f8cast {

class spool {
 public:
  /// The line has no line break. Throws file_error if they are too many for memory and cannot be
  /// kept in a temporary file either.
  void add(std::string_view line);
  /// Calls visit() with each, in the order in which they were added.
  void for_each(const std::function<void(std::string_view)>& visit);

 private:
  static constexpr std::size_t room = 1 << 22;  // bytes in memory

  struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  void move_to_file();

  std::string text_;                         // what is not in the file: the last lines
  std::unique_ptr<std::FILE, closer> file_;  // null until it is needed; has no name
};

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
