// The limits move the bytes that they say they move.
#include "roofline.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using bytes = std::vector<std::uint8_t>;

constexpr std::size_t count = 64 * 5;

bytes moved(roofline::mover move, const bytes& in, std::size_t out_size) {
  bytes out(out_size, 0xEE);
  move(in.data(), out.data(), count);
  return out;
}

bytes numbered(std::size_t size) {
  bytes all(size);
  for (std::size_t i = 0; i < size; ++i) all[i] = static_cast<std::uint8_t>(i * 151 + i / 256 + 1);
  return all;
}

bytes first_of_each(std::size_t width, const bytes& in) {
  bytes out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(in[width * i]);
  return out;
}

bytes followed_by_zeros(std::size_t width, const bytes& in) {
  bytes out(width * count, 0);
  for (std::size_t i = 0; i < count; ++i) out[width * i] = in[i];
  return out;
}

TEST(Roofline, every_loop_moves_the_bytes_that_it_names) {
  for (const roofline::limits& loops : roofline::supported()) {
    SCOPED_TRACE(loops.isa);
    const bytes narrow = numbered(count);
    const bytes wide2 = numbered(2 * count);
    const bytes wide4 = numbered(4 * count);
    EXPECT_EQ(moved(loops.narrow4, wide4, count), first_of_each(4, wide4));
    EXPECT_EQ(moved(loops.narrow2, wide2, count), first_of_each(2, wide2));
    EXPECT_EQ(moved(loops.widen4, narrow, 4 * count), followed_by_zeros(4, narrow));
    EXPECT_EQ(moved(loops.widen2, narrow, 2 * count), followed_by_zeros(2, narrow));
  }
}

}  // namespace
