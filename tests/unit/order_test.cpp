#include "f8/order.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>

#include "reference/f8_types.hpp"
#include "reference/order.hpp"

namespace {

using f8::order_key;

template <class T>
class Order : public testing::Test {};
TYPED_TEST_SUITE(Order, reference::fp8_types, reference::format_names);

TYPED_TEST(Order, KeysNumberTheTotalOrder) {
  unsigned key = 0;
  for (const std::uint64_t code : reference::total_order(reference::format_of<TypeParam>)) {
    const auto x = TypeParam::from_bits(static_cast<unsigned>(code));
    EXPECT_EQ(order_key(x), key) << reference::describe(x);
    EXPECT_EQ(f8::detail::from_order_key<TypeParam>(key).to_bits(), code);
    ++key;
  }
}

static_assert(order_key(f8::e4m3{-1}) < order_key(f8::e4m3{-0.0f}));
static_assert(order_key(f8::e4m3{-0.0f}) < order_key(f8::e4m3{0.0f}));
static_assert(order_key(f8::e4m3fnuz::from_bits(0x80)) == 255);
static_assert(order_key(f8::e8m0::from_bits(7)) == 7 && order_key(f8::e8m0::from_bits(255)) == 255);

TEST(TotalLess, OrdersAContainerThatHoldsNans) {
  std::set<f8::e5m2, f8::total_less> all;
  reference::for_each_code<f8::e5m2>([&](f8::e5m2 x, std::uint32_t) { all.insert(x); });
  EXPECT_EQ(all.size(), 256u);
  EXPECT_EQ(all.begin()->to_bits(), 0xFF);
  EXPECT_EQ(all.rbegin()->to_bits(), 0x7F);
}

}  // namespace
