#include "interrupt.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <initializer_list>

namespace f8cast {
namespace {

std::atomic<const char*> doomed{nullptr};
static_assert(std::atomic<const char*>::is_always_lock_free, "or a signal handler may not read it");

extern "C" void remove_and_end(int signal) {
  if (const char* path = doomed.load()) ::unlink(path);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

void remove_on_interrupt(const char* path) {
  doomed = path;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const auto before = std::signal(signal, remove_and_end);
    if (before == SIG_IGN) std::signal(signal, SIG_IGN);  // as under nohup
  }
}

}  // namespace f8cast
