// Text for a file, gathered until there is enough of it to be written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "system/output_file.hpp"

namespace f8cast {

class text_output {
 public:
  explicit text_output(output_file& file) : file_(file) {}

  void add(std::string_view text) {
    text_ += text;
    if (text_.size() >= enough) flush();
  }
  /// What is not flushed is not written.
  void flush() {
    file_.write(text_.data(), text_.size());
    text_.clear();
  }

 private:
  static constexpr std::size_t enough = 1 << 16;

  output_file& file_;
  std::string text_;
};

}  // namespace f8cast
