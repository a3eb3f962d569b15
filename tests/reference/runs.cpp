#include "reference/runs.hpp"

namespace reference {

run_table make_runs(const format& from, const format& to, policy how) {
  run_table table;
  const auto converted = [&](std::uint64_t bits) { return encode(to, decode(from, bits), how); };
  for (const std::uint64_t sign : {std::uint64_t{0}, sign_bit(from)}) {
    append_monotone_runs(table, sign, sign | from.max_finite, converted);
    append_monotone_runs(table, sign | from.infinity, sign | from.infinity, converted);
    append_monotone_runs(table, sign | (from.infinity + 1), sign | all_ones(from), converted);
  }
  return table;
}

}  // namespace reference
