#include "temporary.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <initializer_list>
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

}  // namespace

temporary::temporary(std::string path) : path_(std::move(path)), outer_(innermost.load()) {
  innermost = this;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const auto before = std::signal(signal, remove_and_end);
    if (before == SIG_IGN) std::signal(signal, SIG_IGN);  // as under nohup
  }
}

temporary::~temporary() {
  remove(*this);
  innermost = outer_;
}

}  // namespace f8cast
