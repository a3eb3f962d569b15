#include "system/signals.hpp"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <iterator>
#include <utility>

namespace f8cast {
namespace {

std::atomic<const temporary*> innermost{nullptr};
static_assert(std::atomic<const temporary*>::is_always_lock_free,
              "or a signal handler may not read it");

void remove(const temporary& doomed) {
  if (::unlink(doomed.path().c_str()) != 0) ::rmdir(doomed.path().c_str());
}

/// Reads what was complete before it became the innermost, and calls what a handler may call.
extern "C" void remove_and_end(int signal) {
  for (const temporary* t = innermost.load(); t; t = t->outer()) remove(*t);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

/// All others end the process, if nobody has said what else they are to do.
bool ends_nothing(int signal) {
  constexpr int harmless[] = {SIGCHLD, SIGCONT, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH};
  return std::find(std::begin(harmless), std::end(harmless), signal) != std::end(harmless);
}

/// Those that are ignored, as under nohup, stay so, and a sanitizer's handlers stay.
void catch_what_ends_the_process() {
  struct sigaction clean_up {};
  clean_up.sa_handler = remove_and_end;
  sigfillset(&clean_up.sa_mask);  // no other may come between
  for (int signal = 1; signal < NSIG; ++signal) {
    struct sigaction now {};
    if (ends_nothing(signal) || ::sigaction(signal, nullptr, &now) != 0) continue;
    const bool is_default = (now.sa_flags & SA_SIGINFO) == 0 && now.sa_handler == SIG_DFL;
    if (is_default) ::sigaction(signal, &clean_up, nullptr);  // SIGKILL and SIGSTOP refuse
  }
}

}  // namespace

signals_blocked::signals_blocked() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before_);
}

signals_blocked::~signals_blocked() {
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

temporary::temporary(std::string path) : path_(std::move(path)), outer_(innermost.load()) {
  innermost = this;
  catch_what_ends_the_process();
}

temporary::~temporary() {
  remove(*this);
  innermost = outer_;
}

}  // namespace f8cast
