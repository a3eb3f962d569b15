// from_chars against exact decimal arithmetic on strings, and to_chars against from_chars.
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

#include "f8/text.hpp"
#include "reference/decimal.hpp"

namespace {

void require(bool holds, const char* claim, std::string_view seen) {
  if (holds) return;
  std::fprintf(stderr, "%s: %.*s\n", claim, static_cast<int>(seen.size()), seen.data());
  std::abort();
}

/// `number`, which from_chars reads completely, has no sign and is finite.
template <class T>
void check_value(std::string_view number, const reference::format& f) {
  static const reference::midpoints table(f);
  const reference::decimal exact = reference::read_decimal(number);
  const std::uint64_t expected = table.nearest_code(exact);
  const bool inside = expected <= f.max_finite && (expected != 0 || exact.digits.empty());

  T x = T::from_bits(1);
  const auto [end, error] = f8::from_chars(number.data(), number.data() + number.size(), x);
  require(end == number.data() + number.size(), "the whole number is read", number);
  require(error == (inside ? std::errc{} : std::errc::result_out_of_range), "the range is known",
          number);
  require(x.to_bits() == (inside ? expected : 1), "the nearest value is found", number);
  if (!inside) return;

  char text[128];
  const auto printed = f8::to_chars(text, text + sizeof text, x);
  const std::string_view shortest(text, static_cast<std::size_t>(printed.ptr - text));
  T y{};
  f8::from_chars(text, printed.ptr, y);
  require(y.to_bits() == x.to_bits(), "what is printed reads back", shortest);
  require(shortest.size() <= number.size() || number.front() == '.' ||
              number.find_first_of("eE") != std::string_view::npos,
          "nothing shorter does", number);
}

/// The same end and error as for a double, unless the value is out of one's range.
void check_syntax(const char* first, const char* last, std::chars_format format) {
  const std::string_view text(first, static_cast<std::size_t>(last - first));
  // libstdc++ 12 takes the two signs of "1p+-2" for an exponent's.
  if (format == std::chars_format::hex && text.find("+-") != std::string_view::npos) return;
  double number = 1;
  f8::bfloat16 x{1};
  const auto expected = std::from_chars(first, last, number, format);
  const auto got = f8::from_chars(first, last, x, format);
  require(got.ptr == expected.ptr, "a number ends where it does for double", text);
  const bool invalid = expected.ec == std::errc::invalid_argument;
  require((got.ec == std::errc::invalid_argument) == invalid, "a number is one for double", text);
  require(std::isnan(float{x}) == std::isnan(number), "NaN is one for double", text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const char* const first = text.data();
  const char* const last = first + size;
  for (const auto format : {std::chars_format::general, std::chars_format::fixed,
                            std::chars_format::scientific, std::chars_format::hex})
    check_syntax(first, last, format);

  const char* const digits = size != 0 && *first == '-' ? first + 1 : first;
  double number = 0;
  const auto [end, error] = std::from_chars(digits, last, number);
  const bool has_sign = digits != last && *digits == '-';
  if (error == std::errc::invalid_argument || has_sign || !std::isfinite(number)) return 0;
  const std::string_view finite(digits, static_cast<std::size_t>(end - digits));
  check_value<f8::e4m3>(finite, reference::e4m3);
  check_value<f8::e5m2>(finite, reference::e5m2);
  check_value<f8::e3m4>(finite, reference::e3m4);
  check_value<f8::e4m3b11fnuz>(finite, reference::e4m3b11fnuz);
  check_value<f8::float16>(finite, reference::binary16);
  check_value<f8::bfloat16>(finite, reference::bfloat16);
  return 0;
}
