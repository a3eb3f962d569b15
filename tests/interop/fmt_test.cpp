// fmt::formatter against what {fmt} makes of the float.
#include "f8/interop/fmt.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bitset>
#include <cstdlib>
#include <string>

#include "f8/text.hpp"
#include "reference/f8_types.hpp"

namespace {

using reference::describe;

template <class T>
class Fmt : public testing::Test {};
TYPED_TEST_SUITE(Fmt, reference::fp8_types, reference::format_names);

/// The number that to_chars writes, as a float.
template <class T>
float as_written(T x) {
  std::array<char, 64> text{};
  f8::to_chars(text.data(), text.data() + text.size(), x);
  return std::strtof(text.data(), nullptr);
}

template <class T>
void expect_same(const char* specification, T x, float y) {
  EXPECT_EQ(fmt::format(fmt::runtime(specification), x),
            fmt::format(fmt::runtime(specification), y))
      << specification << ' ' << describe(x);
}

template <class T>
void expect_as_float(T x) {
  for (const char* specification :
       {"{:a}", "{:A}", "{:e}", "{:E}", "{:f}", "{:F}", "{:g}", "{:G}", "{:+.3}", "{:#.2f}",
        "{: .0e}", "{:012.4g}", "{:.<20.1f}", "{:b<12g}", "{:x>+12.3e}"})
    expect_same(specification, x, x);
  EXPECT_EQ(fmt::format("{:*^{}.{}f}", x, 15, 2), fmt::format("{:*^{}.{}f}", float{x}, 15, 2));
}

template <class T>
void expect_shortest(T x) {
  for (const char* specification : {"{}", "{:.>20}", "{:+}", "{: 012}", "{:b^14}"})
    expect_same(specification, x, as_written(x));
  EXPECT_EQ(fmt::format("{:x<{}}", x, 20), fmt::format("{:x<20}", as_written(x)));
}

template <class T>
void expect_fields(T x) {
  using format = typename T::format;
  constexpr auto width = static_cast<std::size_t>(format::width);
  const std::string bits = std::bitset<width>(x.to_bits()).to_string();
  const std::string fields = bits.substr(0, 1) + ' ' + bits.substr(1, format::exponent_bits) + ' ' +
                             bits.substr(1 + format::exponent_bits);
  const std::string hexadecimal = fmt::format("{:0{}x}", x.to_bits(), width / 4);
  EXPECT_EQ(fmt::format("{:b} {:_^24b}", x, x), fields + fmt::format(" {:_^24}", fields));
  EXPECT_EQ(fmt::format("{:x} {:>6x}", x, x), hexadecimal + fmt::format(" {:>6}", hexadecimal));
}

TYPED_TEST(Fmt, WritesWhatFloatDoesAndTheFieldsOfTheCode) {
  reference::for_each_code<TypeParam>([](TypeParam x, std::uint32_t) {
    expect_as_float(x);
    expect_shortest(x);
    expect_fields(x);
  });
}

TEST(Fmt, WritesThe16BitTypes) {
  for (unsigned code = 0; code < 1U << 16; code += 97) {
    expect_as_float(f8::float16::from_bits(code));
    expect_shortest(f8::float16::from_bits(code));
    expect_fields(f8::float16::from_bits(code));
    expect_as_float(f8::bfloat16::from_bits(code));
    expect_shortest(f8::bfloat16::from_bits(code));
    expect_fields(f8::bfloat16::from_bits(code));
  }
}

TEST(Fmt, WritesTheDigitsOfToCharsInTheNotationOfAFloat) {
  const f8::e4m3 x{0.3f};
  EXPECT_EQ(fmt::format("{} {:b} {:x}", x, x, x), "0.3 0 0101 010 2a");
  EXPECT_EQ(fmt::format("{}", f8::e5m2{57344}), "57344");
  EXPECT_EQ(fmt::format("{}", f8::e5m2{5e-4}), "0.0005");  // to_chars: 5e-04
}

TEST(Fmt, RefusesWhatItCannotWrite) {
  for (const char* specification : {"{:d}", "{:.3b}", "{:q}", "{:+x}", "{:s}"})
    EXPECT_THROW((void)fmt::format(fmt::runtime(specification), f8::e4m3{1}), fmt::format_error)
        << specification;
}

}  // namespace
