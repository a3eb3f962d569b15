// std::formatter, where the standard library has <format>.
#ifndef F8_TEXT_FORMATTER_HPP
#define F8_TEXT_FORMATTER_HPP

#include "presentation.hpp"

#include "../core/config.hpp"

#if F8_HAS_FORMAT
#include <format>

namespace f8 {
namespace detail {

struct std_format {
  using parse_context = std::format_parse_context;
  template <class T>
  using formatter = std::formatter<T>;
};

}  // namespace detail
}  // namespace f8

template <int E, int M, f8::special_values S, int Bias>
struct std::formatter<f8::fp8<E, M, S, Bias>>
    : f8::detail::formatter_of<f8::fp8<E, M, S, Bias>, f8::detail::std_format> {};
template <>
struct std::formatter<f8::float16> : f8::detail::formatter_of<f8::float16, f8::detail::std_format> {
};
template <>
struct std::formatter<f8::bfloat16>
    : f8::detail::formatter_of<f8::bfloat16, f8::detail::std_format> {};
#endif

#include "../core/undef.hpp"

#endif
