// Memory around which nothing may be touched.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace kernel_test {

/// At least `size` bytes, between two pages that end the program when they are read or written.
class guarded_memory {
 public:
  explicit guarded_memory(std::size_t size)
      : page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))) {
    size_ = (size + page_ - 1) / page_ * page_;
    void* mapped = mmap(nullptr, size_ + 2 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::runtime_error("no memory");
    begin_ = static_cast<std::uint8_t*>(mapped) + page_;
    if (mprotect(begin_, size_, PROT_READ | PROT_WRITE) != 0)
      throw std::runtime_error("cannot unprotect memory");
  }
  ~guarded_memory() { munmap(begin_ - page_, size_ + 2 * page_); }
  guarded_memory(const guarded_memory&) = delete;
  guarded_memory& operator=(const guarded_memory&) = delete;

  /// The first `bytes` bytes after the lower page, or the last before the upper one.
  std::uint8_t* place(std::size_t bytes, bool at_end) const {
    return at_end ? begin_ + size_ - bytes : begin_;
  }

  void make_read_only() { mprotect(begin_, size_, PROT_READ); }

 private:
  std::size_t page_;
  std::size_t size_ = 0;
  std::uint8_t* begin_ = nullptr;
};

}  // namespace kernel_test
