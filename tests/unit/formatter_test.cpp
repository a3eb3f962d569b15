// std::formatter for every type, where the standard library has <format>.
#include "f8/text.hpp"

#include <array>
#include <cstdio>
#include <format>
#include <string>
#include <string_view>

namespace {

int failures = 0;

void expect(const std::string& got, std::string_view expected) {
  if (got == expected) return;
  std::printf("'%s', expected '%.*s'\n", got.c_str(), static_cast<int>(expected.size()),
              expected.data());
  ++failures;
}

/// Every presentation that float has, with sign, fill, width and precision, is float's.
template <class T>
void expect_as_float(T x) {
  const float y{x};
  expect(std::format("{:a} {:A} {:e} {:E}", x, x, x, x),
         std::format("{:a} {:A} {:e} {:E}", y, y, y, y));
  expect(std::format("{:f} {:F} {:g} {:G}", x, x, x, x),
         std::format("{:f} {:F} {:g} {:G}", y, y, y, y));
  expect(std::format("{:+.3} {:#.2f} {: .0e}", x, x, x),
         std::format("{:+.3} {:#.2f} {: .0e}", y, y, y));
  expect(std::format("{:012.4g} {:*^{}.{}f}", x, x, 15, 2),
         std::format("{:012.4g} {:*^{}.{}f}", y, y, 15, 2));
}

template <class T>
void expect_shortest(T x) {
  std::array<char, 64> buffer{};
  const auto end = f8::to_chars(buffer.data(), buffer.data() + buffer.size(), x).ptr;
  const std::string text(buffer.data(), end);
  expect(std::format("{}", x), text);
  expect(std::format("{:.>20}", x), std::format("{:.>20}", text));
  expect(std::format("{:x<{}}", x, 20), std::format("{:x<20}", text));
  expect(std::format("{:20} {:^{}}", x, x, 20), std::format("{:>20} {:^20}", text, text));
#if defined(__cpp_lib_format_ranges)
  expect(std::format("{}", std::array{x, x}), '[' + text + ", " + text + ']');
#endif
}

std::string binary(unsigned bits, int count) {
  return std::format("{:0{}b}", bits & ((1U << count) - 1), count);
}

template <class T>
void expect_fields(T x) {
  using format = typename T::format;
  const unsigned code = x.to_bits();
  const std::string fields = binary(code >> (format::width - 1), 1) + ' ' +
                             binary(code >> format::trailing_bits, format::exponent_bits) + ' ' +
                             binary(code, format::trailing_bits);
  const std::string hexadecimal = std::format("{:0{}x}", code, format::width / 4);
  expect(std::format("{:b} {:_^24b}", x, x), fields + ' ' + std::format("{:_^24}", fields));
  expect(std::format("{:x} {:>6x}", x, x), hexadecimal + ' ' + std::format("{:>6}", hexadecimal));
}

template <class T>
void check_every_code() {
  for (unsigned code = 0; code < 1U << T::format::width; ++code) {
    const T x = T::from_bits(code);
    expect_shortest(x);
    if (code % (T::format::width - 7) != 0) continue;
    expect_as_float(x);
    expect_fields(x);
  }
}

void expect_refused(std::string_view specification) {
  try {
    const f8::e4m3 x{1};
    expect(std::vformat(specification, std::make_format_args(x)), "no text");
  } catch (const std::format_error&) {
  }
}

}  // namespace

int main() {
  check_every_code<f8::e4m3>();
  check_every_code<f8::e5m2>();
  check_every_code<f8::e4m3fnuz>();
  check_every_code<f8::float16>();
  check_every_code<f8::bfloat16>();
  expect(std::format("{:b}|{:x}|{}", f8::e4m3{1.75f}, f8::e4m3{1.75f}, f8::e4m3{0.3f}),
         "0 0111 110|3e|0.3");
  expect(std::format("{}", f8::e5m2{57344}), "57344");
  expect_refused("{:d}");
  expect_refused("{:.3b}");
  expect_refused("{:q}");
  expect_refused("{:+x}");
  return failures == 0 ? 0 : 1;
}
