// Lines that are read once they are all there, of which memory holds but the last.
#pragma once

#include <cstddef>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace f8cast {

class spool {
 public:
  /// Without a line break. Throws file_error if they are too many for memory and cannot be kept in
  /// a temporary file either.
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

}  // namespace f8cast
