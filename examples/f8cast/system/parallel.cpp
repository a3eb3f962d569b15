#include "system/parallel.hpp"

#include <atomic>
#include <future>

#include "system/signals.hpp"

namespace f8cast {
namespace {

template <class Work>
std::future<void> start_helper(const Work& work) {
  const signals_blocked block;
  return std::async(std::launch::async, work);
}

}  // namespace

void in_parallel(const std::function<bool()>& work) {
  std::atomic<bool> failed{false};
  const auto work_on = [&] {
    try {
      while (!failed && work()) continue;
    } catch (...) {
      failed = true;  // the other ends, too
      throw;
    }
  };
  std::future<void> helper = start_helper(work_on);  // waits for its end when it is destroyed
  work_on();
  helper.get();
}

}  // namespace f8cast
