// Which tensors are meant, by the patterns of a shell.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "checkpoint/checkpoint.hpp"

namespace f8cast {

struct name_filter {
  std::vector<std::string> include;  ///< none: every name
  std::vector<std::string> exclude;

  /// True if a pattern of `include` matches the whole name, and none of `exclude`. * stands for any
  /// characters, dots and slashes among them, ? for one, [ab] for either.
  bool selects(const std::string& name) const;

  /// Throws where a pattern matches the name of no tensor in these: it is misspelled.
  void expect_matches(std::initializer_list<const checkpoint*> in) const;
};

}  // namespace f8cast
