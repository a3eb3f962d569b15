// What a signal may not come between, and what does not outlive one.
#pragma once

#include <csignal>
#include <string>

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

/// Removes what has this path when it goes out of scope, and if a signal ends the program that can
/// be caught; until then, whether or not it is there is all the same. A folder has to be empty by
/// then. Temporaries live one within the other: the last that was made is the first to go.
class temporary {
 public:
  explicit temporary(std::string path);
  temporary(const temporary&) = delete;
  temporary(temporary&&) = delete;
  temporary& operator=(const temporary&) = delete;
  temporary& operator=(temporary&&) = delete;
  ~temporary();

  const std::string& path() const { return path_; }
  const temporary* outer() const { return outer_; }

 private:
  std::string path_;
  const temporary* outer_;
};

}  // namespace f8cast
