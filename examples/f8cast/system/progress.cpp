#include "system/progress.hpp"

#include <unistd.h>

#include <cstdio>
#include <string>

namespace f8cast {
namespace {

constexpr int bar_width = 40;

double gigabytes(std::uint64_t bytes) {
  return static_cast<double>(bytes) / 1e9;
}

}  // namespace

progress::progress(std::uint64_t total_bytes)
    : total_(total_bytes), visible_(::isatty(STDERR_FILENO) == 1) {
  draw();
}

progress::~progress() {
  if (visible_) std::fputs("\r\x1B[K", stderr);
}

void progress::advance(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  done_ += bytes;
  const double fraction = static_cast<double>(done_) / static_cast<double>(total_);
  const int percent = static_cast<int>(100 * fraction);
  if (percent == percent_) return;
  percent_ = percent;
  draw();
}

void progress::draw() const {
  if (!visible_) return;
  const auto full = static_cast<std::size_t>(percent_ * bar_width / 100);
  const std::string bar = std::string(full, '#') + std::string(bar_width - full, '.');
  std::fprintf(stderr, "\r[%s] %3d%%  %.2f of %.2f GB", bar.c_str(), percent_, gigabytes(done_),
               gigabytes(total_));
}

}  // namespace f8cast
