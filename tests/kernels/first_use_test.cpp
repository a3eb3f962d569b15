// Many threads convert at once, as the first thing that the program does with the library. Built
// with ThreadSanitizer.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "f8/convert.hpp"

namespace {

TEST(FirstUse, IsSafeInManyThreads) {
  constexpr int count = 16;
  std::atomic<int> waiting{0};
  std::atomic<int> right{0};
  const auto work = [&] {
    const std::vector<float> in(100, 1.5f);
    std::vector<f8::e4m3> out(in.size());
    ++waiting;
    while (waiting < count) std::this_thread::yield();
    f8::convert(in, out);
    const bool first = out.back() == 1.5f;
    f8::convert_stochastic(in.data(), out.data(), out.size(), 1);
    if (first && out.back() == 1.5f && f8::supported_isas().contains(f8::active_isa())) ++right;
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, count);
}

}  // namespace
