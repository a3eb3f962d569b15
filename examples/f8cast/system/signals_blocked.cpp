#include "system/signals_blocked.hpp"

#include <pthread.h>

namespace f8cast {

signals_blocked::signals_blocked() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before_);
}

signals_blocked::~signals_blocked() {
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace f8cast
