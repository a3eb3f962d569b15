// All 2^32 floats. F8_TEST_TARGETS names the formats; F8_TEST_EVERY_POLICY says whether the
// conversions are all 54, or nearest-even with each overflow.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "exhaustive/cast_sweep.hpp"

namespace {

struct law {
  const char* format;
  f8::conversion how;
  testing::AssertionResult (*holds)();

  friend void PrintTo(const law& l, std::ostream* out) {
    *out << l.format << '/' << describe(reference::to_reference(l.how));
  }
};

template <class To, std::size_t... Policy>
void append(std::vector<law>& list, std::index_sequence<Policy...>) {
  (list.push_back({reference::format_of<To>.name, reference::policy_at(Policy),
                   sweep::cast_agrees<To, float, Policy>}),
   ...);
}

#if F8_TEST_EVERY_POLICY
using policies = std::make_index_sequence<reference::policy_count>;
#else
using policies = std::index_sequence<0, 3, 6>;
static_assert(reference::policy_at(3).over == f8::overflow::saturate_finite);
static_assert(reference::policy_at(6).over == f8::overflow::nonfinite);
#endif

std::vector<law> laws() {
  std::vector<law> list;
  reference::for_each_type(testing::Types<F8_TEST_TARGETS>{}, [&](auto tag) {
    append<typename decltype(tag)::type>(list, policies{});
  });
  return list;
}

std::string name(const testing::TestParamInfo<law>& parameter) {
  std::string text = testing::PrintToString(parameter.param);
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

class EveryFloat : public testing::TestWithParam<law> {};

TEST_P(EveryFloat, CastRoundsOnce) {
  EXPECT_TRUE(GetParam().holds());
}

INSTANTIATE_TEST_SUITE_P(Full, EveryFloat, testing::ValuesIn(laws()), name);

}  // namespace
