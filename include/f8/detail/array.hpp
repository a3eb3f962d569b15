// Preconditions of the functions on arrays.
#ifndef F8_DETAIL_ARRAY_HPP
#define F8_DETAIL_ARRAY_HPP

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "../cast.hpp"
#include "range.hpp"

#include "config.hpp"

// What throws or prints, and no more: <stdexcept> brings <string>, which costs a third of what
// <immintrin.h> does, so GCC's library throws for headers that spare it.
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
namespace detail_array {

[[noreturn]] inline void size_mismatch(std::size_t in, std::size_t out) {
  char message[96];
  // Not %zu, which the C library of MinGW does not know. A double has every size below 2^53.
  __builtin_snprintf(message, sizeof message, "f8: ranges of different sizes: %.0f in, %.0f out",
                     static_cast<double>(in), static_cast<double>(out));
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

}  // namespace detail_array
}  // namespace

namespace detail {

/// int if In and Out are contiguous ranges of types that convert() takes.
template <class In, class Out, class From = std::remove_cv_t<element_of<const In>>,
          class To = element_of<Out>>
using enable_if_ranges = std::enable_if_t<is_taught<From>::value && is_target<To>, int>;

F8_FN inline void check_sizes(std::size_t in, std::size_t out) {
  if (in != out) detail_array::size_mismatch(in, out);
}

/// True if writing out in order never destroys what is still to be read.
F8_FN inline bool may_share(const void* in, std::size_t in_bytes, const void* out,
                            std::size_t out_bytes) noexcept {
  const auto i = reinterpret_cast<std::uintptr_t>(in);
  const auto o = reinterpret_cast<std::uintptr_t>(out);
  return (i == o && out_bytes <= in_bytes) || o >= i + in_bytes || i >= o + out_bytes;
}

template <class From, class To>
F8_FN inline void check_arrays(const From* in, const To* out, std::size_t n) noexcept {
  static_assert(is_taught<From>::value && is_target<To>, "no array conversion between these types");
  static_assert(sizeof(From) == sizeof(typename format_of<From>::bits_type) &&
                std::is_trivially_copyable_v<From>);
  static_assert(sizeof(To) == sizeof(typename format_of<To>::bits_type) &&
                std::is_trivially_copyable_v<To>);
  assert(may_share(in, n * sizeof(From), out, n * sizeof(To)));
  (void)in, (void)out, (void)n;
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
