#include "f8/order.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <type_traits>

#include "f8/float16.hpp"
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
    EXPECT_EQ(f8::from_order_key<TypeParam>(static_cast<std::uint8_t>(key)).to_bits(), code);
    ++key;
  }
}

template <class T>
class OrderOf16Bits : public testing::Test {};
using half_types = testing::Types<f8::float16, f8::bfloat16>;
TYPED_TEST_SUITE(OrderOf16Bits, half_types, reference::format_names);

// The value of each key comes after that of the key before, in IEEE 754's totalOrder: so all keys
// are in order.
TYPED_TEST(OrderOf16Bits, KeysNumberTheTotalOrder) {
  constexpr reference::format f = reference::format_of<TypeParam>;
  auto x = f8::from_order_key<TypeParam>(0);
  for (unsigned key = 0; key < 0xFFFF; ++key) {
    const auto next = f8::from_order_key<TypeParam>(static_cast<std::uint16_t>(key + 1));
    ASSERT_EQ(order_key(x), key) << reference::describe(x);
    ASSERT_TRUE(reference::totally_less(f, x.to_bits(), next.to_bits())) << reference::describe(x);
    ASSERT_TRUE(f8::total_less{}(x, next));
    x = next;
  }
  EXPECT_EQ(order_key(x), 0xFFFF);
}

TEST(OrderOfE8m0, IsThatOfTheCodes) {
  for (unsigned code = 0; code < 256; ++code) {
    EXPECT_EQ(order_key(f8::e8m0::from_bits(code)), code);
    EXPECT_EQ(f8::from_order_key<f8::e8m0>(static_cast<std::uint8_t>(code)).to_bits(), code);
  }
}

static_assert(std::is_same_v<decltype(order_key(f8::e4m3{})), std::uint8_t>);
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
