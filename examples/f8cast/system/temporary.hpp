// A file or folder that does not outlive what is being done, however that ends.
#pragma once

#include <string>

namespace f8cast {

/// Removes what has this path when it goes out of scope, and if a signal ends the program that can
/// be caught; until then, whether or not it is there is all the same. A folder has to be empty by
/// then. Temporaries live one within the other: the last that was made is the first to go.
class temporary {
 public:
  explicit temporary(std::string path);
  temporary(const temporary&) = delete;
  temporary(temporary&&) = delete;
  temporary& operator=(const temporary&) = delete;
  temporary& operator=(temporary&&) = delete;
  ~temporary();

  const std::string& path() const { return path_; }
  const temporary* outer() const { return outer_; }

 private:
  std::string path_;
  const temporary* outer_;
};

}  // namespace f8cast
