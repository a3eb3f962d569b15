// A folder that appears whole or not at all.
#pragma once

#include <list>
#include <string>

#include "system/output_file.hpp"
#include "system/signals.hpp"

namespace f8cast {

/// Is filled under another name beside its own, which it takes by commit(). There must not be
/// anything of that name, or an empty folder, whose permissions it takes: what is there is neither
/// replaced nor added to. Without a commit nothing stays.
class output_folder {
 public:
  explicit output_folder(const std::string& path);
  output_folder(const output_folder&) = delete;
  output_folder(output_folder&&) = delete;
  output_folder& operator=(const output_folder&) = delete;
  output_folder& operator=(output_folder&&) = delete;
  ~output_folder() { clear(); }

  /// Where the file of that name is to be written.
  const std::string& file(const std::string& name);
  void commit();

 private:
  [[noreturn]] void fail_with_errno() const;
  void make();
  void take_over_permissions_of_old();
  void clear();

  std::string path_;
  destination target_;
  std::list<temporary> temporaries_;  // the folder, then its files
};

}  // namespace f8cast
