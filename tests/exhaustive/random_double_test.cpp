// cast from 10^8 random doubles.
#include <gtest/gtest.h>

#include <cstdint>

#include "exhaustive/cast_sweep.hpp"
#include "exhaustive/points.hpp"

namespace {

using reference::binary64;
using reference::format_of;

/// One bit pattern in two is any; the other has an exponent in or near the range of 8-bit formats.
std::uint64_t random_double(std::uint64_t i) {
  const std::uint64_t bits = points::random(i);
  if (i % 2 == 0) return bits;
  const std::uint64_t field = 1023 - 20 + (bits >> 52) % 40;
  return (bits & ~(std::uint64_t{0x7FF} << 52)) | field << 52;
}

template <class T>
class RandomDoubles : public testing::Test {};
using main_types = testing::Types<f8::e4m3, f8::e5m2>;
TYPED_TEST_SUITE(RandomDoubles, main_types, reference::format_names);

TYPED_TEST(RandomDoubles, RoundOnce) {
  const reference::run_index table(sweep::expected_runs<TypeParam, double>({}));
  sweep::in_parallel(100'000'000, [&](std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t i = first; i <= last; ++i) {
      const std::uint64_t bits = random_double(i);
      const std::uint64_t expected = table.code_of(bits);
      const std::uint64_t got =
          reference::code_of(f8::cast<TypeParam>(reference::value_of<double>(bits)));
      if (got == expected) continue;
      ADD_FAILURE() << reference::describe(binary64, format_of<TypeParam>, {},
                                           {bits, expected, got});
      return;
    }
  });
}

}  // namespace
