// The sweeps of tests/exhaustive: cast from float and from 16-bit types against the oracle.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>

#include "exhaustive/sweep.hpp"
#include "reference/f8_types.hpp"

namespace sweep {

/// The number of codes of a source type.
template <class From>
inline constexpr std::uint64_t inputs_of =
    std::uint64_t{1} << reference::width(reference::format_of<From>);

/// What cast<To, From>(., how) has to give, input by input.
template <class To, class From>
run_table expected_runs(f8::conversion how) {
  reference::policy p = reference::to_reference(how);
  if (reference::widens(reference::format_of<To>, reference::format_of<From>))
    p.over = reference::overflow::nonfinite;
  return reference::make_runs(reference::format_of<From>, reference::format_of<To>, p);
}

template <class To, class From>
testing::AssertionResult report(f8::conversion how, const std::optional<mismatch>& found) {
  if (!found) return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << reference::describe(reference::format_of<From>, reference::format_of<To>,
                                reference::to_reference(how), *found);
}

/// cast<To>(From, how) on every Stride-th input of every run. `how` is a constant of the loop.
template <class To, class From, std::size_t Policy = 0, std::uint32_t Stride = 1>
testing::AssertionResult cast_agrees() {
  constexpr f8::conversion how = reference::policy_at(Policy);
  const auto convert = [](std::uint32_t bits) {
    constexpr f8::conversion constant = reference::policy_at(Policy);
    return std::uint32_t{
        reference::code_of(f8::cast<To>(reference::value_of<From>(bits), constant))};
  };
  return report<To, From>(how,
                          check<Stride>(expected_runs<To, From>(how), inputs_of<From>, convert));
}

/// The same for a conversion that is known at run time only.
template <class To, class From, std::uint32_t Stride = 1>
testing::AssertionResult cast_agrees(f8::conversion how) {
  const auto convert = [how](std::uint32_t bits) {
    return std::uint32_t{reference::code_of(f8::cast<To>(reference::value_of<From>(bits), how))};
  };
  return report<To, From>(how,
                          check<Stride>(expected_runs<To, From>(how), inputs_of<From>, convert));
}

}  // namespace sweep
