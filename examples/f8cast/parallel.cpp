#include "parallel.hpp"

#include <pthread.h>

#include <atomic>
#include <csignal>
#include <future>

namespace f8cast {
namespace {

/// No signal reaches a thread that is started while this lives.
class signals_blocked {
 public:
  signals_blocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  signals_blocked(const signals_blocked&) = delete;
  signals_blocked(signals_blocked&&) = delete;
  signals_blocked& operator=(const signals_blocked&) = delete;
  signals_blocked& operator=(signals_blocked&&) = delete;
  ~signals_blocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

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
