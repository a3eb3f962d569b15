// What a signal may not come between.
#pragma once

#include <csignal>

namespace f8cast {

/// No signal reaches this thread, nor one that it starts, while this lives; after that, those that
/// came do.
class signals_blocked {
 public:
  signals_blocked();
  signals_blocked(const signals_blocked&) = delete;
  signals_blocked(signals_blocked&&) = delete;
  signals_blocked& operator=(const signals_blocked&) = delete;
  signals_blocked& operator=(signals_blocked&&) = delete;
  ~signals_blocked();

 private:
  sigset_t before_{};
};

}  // namespace f8cast
