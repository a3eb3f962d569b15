#include "name_filter.hpp"

#include <fnmatch.h>

#include <algorithm>

namespace f8cast {
namespace {

bool any_matches(const std::vector<std::string>& patterns, const std::string& name) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
  });
}

}  // namespace

bool name_filter::selects(const std::string& name) const {
  return (include.empty() || any_matches(include, name)) && !any_matches(exclude, name);
}

}  // namespace f8cast
