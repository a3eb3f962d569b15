// The array functions as an API. Their kernels are tested in tests/kernels.
#include "f8/convert.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "reference/f8_types.hpp"

namespace {

TEST(Convert, IsCastOfEveryElement) {
  const std::vector<float> in{0.0f, -0.0f, 1.06f, 464.0f, 465.0f, -1e30f};
  for (const f8::overflow over : reference::all_overflows) {
    std::vector<f8::e4m3> out(in.size());
    f8::convert(in.data(), out.data(), in.size(), over);
    for (std::size_t i = 0; i < in.size(); ++i) {
      EXPECT_EQ(out[i].to_bits(), f8::cast<f8::e4m3>(in[i], over).to_bits()) << in[i];
    }
  }
}

TEST(Convert, TakesContiguousRanges) {
  const float in[4] = {1, 2, 3, 4};
  std::array<f8::e5m2, 4> narrow{};
  std::vector<float> back(4);
  f8::convert(in, narrow);
  f8::convert(narrow, back);
  EXPECT_EQ(back, (std::vector<float>{1, 2, 3, 4}));
  const std::initializer_list<float> list{4, 3, 2, 1};
  f8::convert(list, back);
  EXPECT_EQ(back, (std::vector<float>{4, 3, 2, 1}));
}

TEST(Convert, RangesOfDifferentSizesAreRefusedWithBothNamed) {
  const std::vector<float> in(17);
  std::vector<f8::e4m3> out(42);
  try {
    f8::convert(in, out);
    FAIL() << "no exception";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("17"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("42"), std::string::npos) << error.what();
  }
}

TEST(Convert, NothingIsDoneForNoElements) {
  f8::convert(static_cast<const float*>(nullptr), static_cast<f8::e4m3*>(nullptr), 0);
}

TEST(Convert, StochasticDependsOnSeedAndIndexOnly) {
  std::vector<float> in(1000, 1.06f);
  std::vector<f8::e4m3> whole(in.size());
  std::vector<f8::e4m3> again(in.size());
  std::vector<f8::e4m3> other(in.size());
  f8::convert_stochastic(in.data(), whole.data(), in.size(), 42);
  f8::convert_stochastic(in.data(), again.data(), in.size() / 3, 42);
  f8::convert_stochastic(in.data(), other.data(), in.size(), 43);
  EXPECT_TRUE(std::equal(whole.begin(), whole.begin() + 333, again.begin()));
  EXPECT_FALSE(std::equal(whole.begin(), whole.end(), other.begin()));
}

}  // namespace
