// Memory around which nothing may be touched.
#pragma once

#if defined(_WIN32)
#if !defined(NOMINMAX)  // libstdc++ defines it
#define NOMINMAX
#endif
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <sys/mman.h>
#include <unistd.h>
#endif

#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace kernel_test {

/// Pages of memory as the system gives them: closed to every access until they are opened.
namespace pages {

#if defined(_WIN32)

inline std::size_t size() {
  SYSTEM_INFO info;
  GetSystemInfo(&info);
  return info.dwPageSize;
}

inline void* reserve(std::size_t bytes) {
  return VirtualAlloc(nullptr, bytes, MEM_RESERVE | MEM_COMMIT, PAGE_NOACCESS);
}

inline bool open(void* first, std::size_t bytes, bool writable) {
  DWORD before = 0;
  return VirtualProtect(first, bytes, writable ? PAGE_READWRITE : PAGE_READONLY, &before) != 0;
}

inline void release(void* first, std::size_t) {
  VirtualFree(first, 0, MEM_RELEASE);
}

#else

inline std::size_t size() {
  return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

inline void* reserve(std::size_t bytes) {
  void* mapped = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return mapped == MAP_FAILED ? nullptr : mapped;
}

inline bool open(void* first, std::size_t bytes, bool writable) {
  return mprotect(first, bytes, writable ? PROT_READ | PROT_WRITE : PROT_READ) == 0;
}

inline void release(void* first, std::size_t bytes) {
  munmap(first, bytes);
}

#endif

}  // namespace pages

/// At least `size` bytes, between two pages that end the program when they are read or written.
class guarded_memory {
 public:
  explicit guarded_memory(std::size_t size)
      : page_(pages::size()), size_((size + page_ - 1) / page_ * page_) {
    void* reserved = pages::reserve(size_ + 2 * page_);
    if (reserved == nullptr) throw std::runtime_error("no memory");
    begin_ = static_cast<std::uint8_t*>(reserved) + page_;
    if (!pages::open(begin_, size_, true)) throw std::runtime_error("cannot unprotect memory");
  }
  ~guarded_memory() { pages::release(begin_ - page_, size_ + 2 * page_); }
  guarded_memory(const guarded_memory&) = delete;
  guarded_memory& operator=(const guarded_memory&) = delete;

  /// The first `n` bytes after the lower page, or the last before the upper one.
  std::uint8_t* place(std::size_t n, bool at_end) const {
    return at_end ? begin_ + size_ - n : begin_;
  }

  void make_read_only() { pages::open(begin_, size_, false); }

 private:
  std::size_t page_;
  std::size_t size_;
  std::uint8_t* begin_ = nullptr;
};

}  // namespace kernel_test
