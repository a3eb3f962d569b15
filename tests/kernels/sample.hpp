// What the kernels are given to convert, and what the oracle says that it becomes. Types are known
// to convert_bytes alone: all else is compiled once for all of them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <random>
#include <vector>

#include "f8/convert.hpp"
#include "kernels/print_isas.hpp"
#include "reference/f8_types.hpp"
#include "reference/runs.hpp"

namespace kernel_test {

using reference::format;
using reference::run_table;
using bytes = std::vector<std::uint8_t>;

/// True where an emulated CPU runs the tests, which is told by the environment: they take fewer
/// inputs then.
inline bool is_emulated() {
  return std::getenv("F8_EMULATED") != nullptr;
}

/// Of so many floats in order one is converted: a prime.
inline std::uint64_t float_stride() {
  return is_emulated() ? 1'000'003 : 65'537;
}

using conversions = std::vector<f8::conversion>;

/// Each rounding, each overflow and each NaN code alone.
inline conversions plain_conversions() {
  conversions list(reference::all_roundings.begin(), reference::all_roundings.end());
  list.insert(list.end(), reference::all_overflows.begin() + 1, reference::all_overflows.end());
  list.insert(list.end(), reference::all_nan_codes.begin() + 1, reference::all_nan_codes.end());
  return list;
}

/// Every conversion, or the plain ones on an emulated CPU.
inline conversions all_conversions() {
  if (is_emulated()) return plain_conversions();
  conversions list;
  reference::for_each_policy([&](f8::conversion how) { list.push_back(how); });
  return list;
}

/// The oracle's answer to every bit pattern of `from`.
inline run_table expected_runs(const format& from, const format& to, f8::conversion how) {
  reference::policy policy = reference::to_reference(how);
  if (reference::widens(to, from)) policy.over = reference::overflow::nonfinite;
  if (reference::width(from) > 8) return reference::make_runs(from, to, policy);
  run_table table;
  for (std::uint64_t code = 0; code < 256; ++code) {
    table.push_back({code, reference::encode(to, reference::decode(from, code), policy)});
  }
  return table;
}

/// Ascending: every stride-th bit pattern, and those from 2 below to 2 above each place where the
/// answer changes.
inline std::vector<std::uint64_t> make_inputs(const format& from, const run_table& table,
                                              std::uint64_t stride) {
  const std::uint64_t last = reference::sign_bit(from) | reference::all_ones(from);
  std::vector<std::uint64_t> inputs;
  for (std::uint64_t x = 0;; x += stride) {
    inputs.push_back(x);
    if (last - x < stride) break;
  }
  for (const reference::run& run : table) {
    for (std::uint64_t x = run.first - 2; x != run.first + 3; ++x) inputs.push_back(x & last);
  }
  std::sort(inputs.begin(), inputs.end());
  inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
  return inputs;
}

/// The run that an input belongs to.
inline run_table::const_iterator find_run(const run_table& table, std::uint64_t input) {
  return std::prev(
      std::upper_bound(table.begin(), table.end(), input,
                       [](std::uint64_t x, const reference::run& r) { return x < r.first; }));
}

/// Codes of one format as they lie in memory.
class code_array {
 public:
  explicit code_array(const format& f, std::size_t n = 0)
      : size_(static_cast<std::size_t>(reference::width(f)) / 8), bytes_(n * size_) {}

  std::uint64_t operator[](std::size_t i) const {
    if (size_ == 1) return bytes_[i];
    if (size_ == 2) return load<std::uint16_t>(i);
    return size_ == 4 ? load<std::uint32_t>(i) : load<std::uint64_t>(i);
  }
  void push_back(std::uint64_t code) {
    if (size_ == 1) return bytes_.push_back(static_cast<std::uint8_t>(code));
    if (size_ == 2) return append(static_cast<std::uint16_t>(code));
    return size_ == 4 ? append(static_cast<std::uint32_t>(code)) : append(code);
  }
  std::size_t size() const { return bytes_.size() / size_; }
  std::size_t size_in_bytes() const { return bytes_.size(); }
  const void* data() const { return bytes_.data(); }
  void* data() { return bytes_.data(); }
  const void* at(std::size_t i) const { return bytes_.data() + i * size_; }

 private:
  template <class Code>
  Code load(std::size_t i) const {
    Code code;
    std::memcpy(&code, bytes_.data() + i * sizeof code, sizeof code);
    return code;
  }
  template <class Code>
  void append(Code code) {
    bytes_.resize(bytes_.size() + sizeof code);
    std::memcpy(bytes_.data() + bytes_.size() - sizeof code, &code, sizeof code);
  }

  std::size_t size_;
  bytes bytes_;
};

/// f8::convert with the kernels of one instruction set.
using conversion_of_bytes = void (*)(f8::isa kernels, const void* in, void* out, std::size_t n,
                                     f8::conversion how);

template <class To, class From>
void convert_bytes(f8::isa kernels, const void* in, void* out, std::size_t n, f8::conversion how) {
  f8::convert(kernels, static_cast<const From*>(in), static_cast<To*>(out), n, how);
}

/// Inputs of one format for one conversion to another, with the oracle's answers: once in ascending
/// order, so that neighbours are alike, and once in disorder, so that special values are in every
/// lane among all others.
class sample {
 public:
  /// Of every format with more than 16 bits, each stride-th input; of others all that there are.
  sample(const format& from, const format& to, f8::conversion how, std::uint64_t stride = 1)
      : from_(from), to_(to), how_(how) {
    const run_table table = expected_runs(from, to, how);
    std::vector<std::uint64_t> inputs = make_inputs(from, table, stride);
    append(inputs, table);
    std::shuffle(inputs.begin(), inputs.end(), std::minstd_rand(1));
    append(inputs, table);
  }

  /// True if `convert` with the kernels of an instruction set gives the oracle's answers: for all
  /// inputs at once, and for as many of them as end anywhere in the kernels' steps, since compilers
  /// make other code of the last step.
  testing::AssertionResult agrees(f8::isa kernels, conversion_of_bytes convert) const {
    auto result = agrees(kernels, convert, 0, in_.size());
    constexpr std::size_t longest = 130;
    for (std::size_t n = 1; result && n <= longest && n <= in_.size(); ++n) {
      const std::size_t first = in_.size() - n - n * 7 % (in_.size() - n + 1);
      result = agrees(kernels, convert, first, n);
    }
    return result;
  }

 private:
  testing::AssertionResult agrees(f8::isa kernels, conversion_of_bytes convert, std::size_t first,
                                  std::size_t n) const {
    code_array out(to_, n);
    convert(kernels, in_.at(first), out.data(), n, how_);
    if (std::memcmp(out.data(), expected_.at(first), out.size_in_bytes()) == 0)
      return testing::AssertionSuccess();
    std::size_t i = 0;
    while (out[i] == expected_[first + i]) ++i;
    return testing::AssertionFailure()
           << f8::to_string(kernels) << ", element " << i << " of " << n << ": "
           << reference::describe(from_, to_, reference::to_reference(how_),
                                  {in_[first + i], expected_[first + i], out[i]});
  }

  void append(const std::vector<std::uint64_t>& inputs, const run_table& table) {
    for (const std::uint64_t x : inputs) {
      in_.push_back(x);
      expected_.push_back(find_run(table, x)->code);
    }
  }

  format from_;
  format to_;
  f8::conversion how_;
  code_array in_{from_};
  code_array expected_{to_};
};

/// The law: every kernel that this machine can run gives the oracle's answers.
inline void expect_agreement(const format& from, const format& to, conversion_of_bytes convert,
                             const conversions& hows, std::uint64_t stride) {
  for (const f8::conversion how : hows) {
    const sample inputs(from, to, how, stride);
    for (const f8::isa kernels : f8::supported_isas()) ASSERT_TRUE(inputs.agrees(kernels, convert));
  }
}

template <class To, class From>
void expect_agreement(const conversions& hows, std::uint64_t stride = 1) {
  expect_agreement(reference::format_of<From>, reference::format_of<To>, convert_bytes<To, From>,
                   hows, stride);
}

}  // namespace kernel_test
