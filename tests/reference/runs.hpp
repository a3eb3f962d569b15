// A conversion from bit patterns to codes as the runs of inputs that share a code: the shape of the
// golden tables, and what makes it quick to check all 2^32 inputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "reference/encode.hpp"

namespace reference {

/// From this input on, up to the next run's first, every bit pattern converts to this code.
struct run {
  std::uint64_t first;
  std::uint64_t code;
};

inline bool operator==(const run& a, const run& b) {
  return a.first == b.first && a.code == b.code;
}

/// Runs by ascending first input; the first of them starts at 0, and neighbours differ in their
/// codes.
using run_table = std::vector<run>;

/// The last input of [first, last] that shares first's code; `function` is monotone there.
template <class Function>
std::uint64_t end_of_run(std::uint64_t first, std::uint64_t last, Function function) {
  const std::uint64_t code = function(first);
  if (function(last) == code) return last;
  while (last - first > 1) {
    const std::uint64_t middle = first + (last - first) / 2;
    (function(middle) == code ? first : last) = middle;
  }
  return first;
}

template <class Function>
void append_monotone_runs(run_table& table, std::uint64_t first, std::uint64_t last,
                          Function function) {
  for (;;) {
    const std::uint64_t code = function(first);
    if (table.empty() || table.back().code != code) table.push_back({first, code});
    const std::uint64_t end = end_of_run(first, last, function);
    if (end == last) return;
    first = end + 1;
  }
}

/// Every bit pattern of `from`, an IEEE format, converted to `to` by the oracle.
run_table make_runs(const format& from, const format& to, policy how = {});

/// Looks up single inputs of 64 bits in a table: quickly, since the upper 16 bits nearly always
/// tell the run.
class run_index {
 public:
  explicit run_index(run_table table) : runs_(std::move(table)), starts_(std::size_t{1} << 16) {
    std::size_t run = 0;
    for (std::size_t upper = 0; upper < starts_.size(); ++upper) {
      while (run + 1 < runs_.size() && runs_[run + 1].first <= std::uint64_t{upper} << 48) ++run;
      starts_[upper] = run;
    }
  }

  std::uint64_t code_of(std::uint64_t input) const {
    std::size_t run = starts_[static_cast<std::size_t>(input >> 48)];
    while (run + 1 < runs_.size() && runs_[run + 1].first <= input) ++run;
    return runs_[run].code;
  }

 private:
  run_table runs_;
  std::vector<std::size_t> starts_;
};

}  // namespace reference
