#include "f8/sort.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "reference/f8_types.hpp"

namespace {

template <class T>
class Sort : public testing::Test {};
using sorted_types = testing::Types<f8::e4m3, f8::e5m2, f8::e4m3fnuz, f8::e4m3_ieee>;
TYPED_TEST_SUITE(Sort, sorted_types, reference::format_names);

template <class T>
std::vector<T> random_codes(std::size_t n, unsigned different = 256) {
  std::mt19937 generator(static_cast<unsigned>(n));
  std::vector<T> values(n);
  for (T& x : values) x = T::from_bits(static_cast<unsigned>(generator() % different * 37));
  return values;
}

template <class T>
std::vector<unsigned> bits_of_all(const std::vector<T>& values) {
  std::vector<unsigned> codes(values.size());
  std::transform(values.begin(), values.end(), codes.begin(), [](T x) { return x.to_bits(); });
  return codes;
}

TYPED_TEST(Sort, IsStdSortWithTotalLess) {
  for (const std::size_t n :
       {0u, 1u, 2u, 3u, 7u, 8u, 9u, 15u, 16u, 17u, 63u, 255u, 256u, 257u, 4099u}) {
    for (const unsigned different : {1u, 2u, 256u}) {
      std::vector<TypeParam> values = random_codes<TypeParam>(n, different);
      std::vector<TypeParam> expected = values;
      std::sort(expected.begin(), expected.end(), f8::total_less{});
      f8::sort(values.data(), values.data() + n);
      ASSERT_EQ(bits_of_all(values), bits_of_all(expected)) << n;
    }
  }
}

TYPED_TEST(Sort, ArgsortIsStable) {
  for (const std::size_t n : {0u, 1u, 5u, 8u, 300u, 4099u}) {
    const std::vector<TypeParam> values = random_codes<TypeParam>(n, 100);
    std::vector<std::uint32_t> expected(n);
    std::iota(expected.begin(), expected.end(), 0u);
    std::stable_sort(expected.begin(), expected.end(), [&](std::uint32_t a, std::uint32_t b) {
      return f8::order_key(values[a]) < f8::order_key(values[b]);
    });
    std::vector<std::uint32_t> index(n);
    f8::argsort(values.data(), n, index.data());
    ASSERT_EQ(index, expected) << n;
  }
}

TEST(SortRange, TakesVectorsAndArrays) {
  std::array<f8::e4m3, 3> values{f8::e4m3{3}, f8::e4m3{-1}, f8::e4m3{2}};
  f8::sort(values);
  EXPECT_EQ(values[0], -1.0f);
  EXPECT_EQ(values[2], 3.0f);
  f8::e4m3 plain[2] = {f8::e4m3{1}, f8::e4m3{0}};
  f8::sort(plain);
  EXPECT_EQ(plain[1], 1.0f);
}

}  // namespace
