// What becomes of ranges whose sizes do not fit each other.
#ifndef F8_ARRAYS_SIZES_HPP
#define F8_ARRAYS_SIZES_HPP

#include <cstddef>

#include "../core/config.hpp"

// <stdexcept> brings <string>, which takes a third of the time to compile that <immintrin.h> does.
// GCC's library has a function that throws for headers which spare it.
#if !F8_HAS_EXCEPTIONS
#include <cstdio>
#elif defined(__GLIBCXX__)
#include <bits/functexcept.h>
#else
#include <stdexcept>
#endif

namespace f8 {

/// Called, in a program without exceptions, with a message that names both sizes when ranges of
/// different sizes are given. Replace it by assigning. If there is none, the message goes to
/// stderr; if it returns, the program is aborted.
using message_handler = void (*)(const char* message);
inline message_handler size_mismatch_handler = nullptr;

namespace {
namespace detail_sizes {

[[noreturn]] inline void mismatch(const char* name, std::size_t size, const char* other_name,
                                  std::size_t other) {
  char message[128];
  // The sizes are written as doubles, which have every size below 2^53, since the C library of
  // MinGW does not know %zu.
  __builtin_snprintf(message, sizeof message, "f8: ranges of different sizes: %s %.0f, %s %.0f",
                     name, static_cast<double>(size), other_name, static_cast<double>(other));
#if !F8_HAS_EXCEPTIONS
  if (size_mismatch_handler != nullptr) {
    size_mismatch_handler(message);
  } else {
    std::fputs(message, stderr);
  }
  __builtin_abort();
#elif defined(__GLIBCXX__)
  std::__throw_invalid_argument(message);
#else
  throw std::invalid_argument(message);
#endif
}

}  // namespace detail_sizes
}  // namespace

namespace detail {

/// Throws std::invalid_argument, or calls the handler, with both sizes and what they are of, unless
/// they are equal.
F8_FN inline void check_sizes(const char* name, std::size_t size, const char* other_name,
                              std::size_t other) {
  if (size != other) detail_sizes::mismatch(name, size, other_name, other);
}

/// How many elements a matrix has; the largest number, which no array has, where that is too many
/// to count.
F8_FN constexpr std::size_t size_of_matrix(std::size_t rows, std::size_t columns) noexcept {
  constexpr std::size_t largest = static_cast<std::size_t>(-1);
  return columns != 0 && rows > largest / columns ? largest : rows * columns;
}

}  // namespace detail
}  // namespace f8

#include "../core/undef.hpp"

#endif
