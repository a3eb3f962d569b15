#include "checkpoint/name_filter.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <list>
#include <stdexcept>
#include <utility>

#include "system/error.hpp"

namespace f8cast {
namespace {

bool matches(const std::string& pattern, const std::string& name) {
  return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

bool any_matches(const std::vector<std::string>& patterns, const std::string& name) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches(pattern, name); });
}

/// A pattern, and the option that it was given to.
struct given {
  std::string option;
  std::string pattern;
};

void remove_matching(std::list<given>& from, const checkpoint& in) {
  for (std::size_t i = 0; i < in.size() && !from.empty(); ++i) {
    const std::string name = in.at(i).what.name;
    from.remove_if([&](const given& g) { return matches(g.pattern, name); });
  }
}

}  // namespace

bool name_filter::selects(const std::string& name) const {
  return (include.empty() || any_matches(include, name)) && !any_matches(exclude, name);
}

void name_filter::expect_matches(std::initializer_list<const checkpoint*> in) const {
  std::list<given> unmatched;
  for (const std::string& pattern : include) unmatched.push_back({"--include", pattern});
  for (const std::string& pattern : exclude) unmatched.push_back({"--exclude", pattern});
  for (const checkpoint* c : in) remove_matching(unmatched, *c);
  if (unmatched.empty()) return;
  const given& first = unmatched.front();
  throw std::runtime_error(printable(first.option + " '" + first.pattern + "' matches no tensor"));
}

}  // namespace f8cast
