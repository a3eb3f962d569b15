// How far it is, on a terminal.
#pragma once

#include <cstdint>
#include <mutex>

namespace f8cast {

/// A line on stderr, if that is a terminal, which goes when it is over.
class progress {
 public:
  explicit progress(std::uint64_t total_bytes);
  progress(const progress&) = delete;
  progress(progress&&) = delete;
  progress& operator=(const progress&) = delete;
  progress& operator=(progress&&) = delete;
  ~progress();

  /// Several threads may do so at a time.
  void advance(std::uint64_t bytes);

 private:
  void draw() const;

  std::mutex mutex_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  int percent_ = 0;
  bool visible_;
};

}  // namespace f8cast
