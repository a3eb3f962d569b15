// Checks a conversion over all its inputs against the oracle's runs. The conversion of a run is one
// loop without branches that a compiler vectorizes; only where that differs from the run's code are
// inputs looked at one by one.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "reference/describe.hpp"
#include "reference/environment.hpp"
#include "reference/runs.hpp"

namespace sweep {

using reference::mismatch;
using reference::run_table;

/// Calls body(first, last) for pieces of [0, inputs), from one thread for each processor, all in
/// the floating-point environment of the caller. (On Windows a new thread would have the default
/// one.)
template <class Body>
void in_parallel(std::uint64_t inputs, Body body) {
  constexpr std::uint64_t piece = std::uint64_t{1} << 22;
  std::atomic<std::uint64_t> next{0};
  const auto work = [&] {
    for (std::uint64_t first; (first = next.fetch_add(piece)) < inputs;) {
      body(first, std::min(first + piece, inputs) - 1);
    }
  };
  const std::uint64_t processors = std::max(1u, std::thread::hardware_concurrency());
  const std::uint64_t workers = std::min(processors, (inputs + piece - 1) / piece);
  const reference::saved_environment environment;
  std::vector<std::thread> threads(static_cast<std::size_t>(workers - 1));
  for (auto& thread : threads) {
    thread = std::thread([&] {
      environment.restore();
      work();
    });
  }
  work();
  for (auto& thread : threads) thread.join();
}

/// True if convert gives another code than `expected` for one of `count` inputs from `first` on.
template <std::uint32_t Stride, class Convert>
bool differs(std::uint32_t first, std::uint32_t count, std::uint32_t expected, Convert convert) {
  std::uint32_t difference = 0;
  for (std::uint32_t i = 0; i < count; ++i) difference |= convert(first + i * Stride) ^ expected;
  return difference != 0;
}

/// Checks every Stride-th input of [first, last], and the last, which all have the code `expected`.
template <std::uint32_t Stride, class Convert>
std::optional<mismatch> check_run(std::uint32_t first, std::uint32_t last, std::uint32_t expected,
                                  Convert convert) {
  const std::uint32_t count = (last - first) / Stride + 1;
  if (!differs<Stride>(first, count, expected, convert) && convert(last) == expected) return {};
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t got = convert(first + i * Stride);
    if (got != expected) return mismatch{first + i * Stride, expected, got};
  }
  return mismatch{last, expected, convert(last)};
}

template <std::uint32_t Stride, class Convert>
std::optional<mismatch> check_piece(const run_table& table, std::uint64_t first, std::uint64_t last,
                                    Convert convert) {
  auto run = std::prev(
      std::upper_bound(table.begin(), table.end(), first,
                       [](std::uint64_t x, const reference::run& r) { return x < r.first; }));
  while (first <= last) {
    const auto next = std::next(run);
    const std::uint64_t end = next == table.end() ? last : std::min(next->first - 1, last);
    const auto found =
        check_run<Stride>(static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end),
                          static_cast<std::uint32_t>(run->code), convert);
    if (found) return found;
    first = end + 1;
    run = next;
  }
  return {};
}

/// Checks convert: bits -> code on the inputs 0 to inputs - 1 (2^32 at most): all of them, or with
/// a Stride above 1 every Stride-th of each run with the run's first and last. The result is the
/// first mismatch that was met.
template <std::uint32_t Stride = 1, class Convert>
std::optional<mismatch> check(const run_table& table, std::uint64_t inputs, Convert convert) {
  std::optional<mismatch> result;
  std::mutex mutex;
  in_parallel(inputs, [&](std::uint64_t first, std::uint64_t last) {
    const auto found = check_piece<Stride>(table, first, last, convert);
    if (!found) return;
    const std::lock_guard<std::mutex> lock(mutex);
    if (!result || found->input < result->input) result = found;
  });
  return result;
}

}  // namespace sweep
