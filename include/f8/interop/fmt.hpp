// fmt::formatter, from {fmt} 9 on: the presentations that std::formatter has (f8/text.hpp).
#ifndef F8_INTEROP_FMT_HPP
#define F8_INTEROP_FMT_HPP

#include <fmt/format.h>

#include "../float16.hpp"
#include "../fp8.hpp"

#include "../text/presentation.hpp"

namespace f8 {
namespace detail {

struct fmt_format {
  using parse_context = fmt::format_parse_context;
  template <class T>
  using formatter = fmt::formatter<T>;
};

}  // namespace detail
}  // namespace f8

namespace fmt {

template <int E, int M, f8::special_values S, int Bias>
struct formatter<f8::fp8<E, M, S, Bias>>
    : f8::detail::formatter_of<f8::fp8<E, M, S, Bias>, f8::detail::fmt_format> {};
template <>
struct formatter<f8::float16> : f8::detail::formatter_of<f8::float16, f8::detail::fmt_format> {};
template <>
struct formatter<f8::bfloat16> : f8::detail::formatter_of<f8::bfloat16, f8::detail::fmt_format> {};

}  // namespace fmt

#endif
