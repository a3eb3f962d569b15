// fmt::formatter against what {fmt} makes of the float.
#include "f8/interop/fmt.hpp"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <array>
#include <bitset>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "f8/text.hpp"
#include "reference/f8_types.hpp"

namespace {

using reference::describe;

template <class T>
class Fmt : public testing::Test {};
TYPED_TEST_SUITE(Fmt, reference::fp8_types, reference::format_names);

template <class T>
std::string text_of(T x) {
  std::array<char, 64> text{};
  return {text.data(), f8::to_chars(text.data(), text.data() + text.size(), x).ptr};
}

/// The number that to_chars writes, as a float.
template <class T>
float as_written(T x) {
  return std::strtof(text_of(x).c_str(), nullptr);
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
  const std::string text = text_of(x);
  EXPECT_EQ(fmt::format("{}", x), text);
  EXPECT_EQ(fmt::format("{:}|{:20}", x, x), text + '|' + fmt::format("{:>20}", text));
  for (const char* specification : {"{:.>20}", "{:<9}", "{:^11}", "{:b^14}", "{:0>12}"}) {
    EXPECT_EQ(fmt::format(fmt::runtime(specification), x),
              fmt::format(fmt::runtime(specification), text));
  }
  EXPECT_EQ(fmt::format("{:x<{}}", x, 20), fmt::format("{:x<20}", text));
  EXPECT_EQ(fmt::format("{:>{}} {}", x, 20, 1), fmt::format("{:>20} 1", text));
  for (const char* specification : {"{:+}", "{: 012}", "{:#}"})
    expect_same(specification, x, as_written(x));
  EXPECT_EQ(fmt::format("{:{}}", x, 20), fmt::format("{:20}", as_written(x)));
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

// A range's formatter parses no specification of its elements where there is none.
TYPED_TEST(Fmt, WritesValuesInARangeAsAlone) {
  std::vector<TypeParam> all;
  std::string texts, codes;
  reference::for_each_code<TypeParam>([&](TypeParam x, std::uint32_t code) {
    texts += (all.empty() ? "" : ", ") + fmt::format("{}", x);
    codes += (all.empty() ? "" : ", ") + fmt::format("{:02x}", code);
    all.push_back(x);
  });
  EXPECT_EQ(fmt::format("{}", all), '[' + texts + ']');
  EXPECT_EQ(fmt::format("{}", fmt::join(all, ", ")), texts);
  EXPECT_EQ(fmt::format("{::x}", all), '[' + codes + ']');
  EXPECT_EQ(fmt::format("{}", std::make_pair(1, all[1])), "(1, " + text_of(all[1]) + ')');
}

TEST(Fmt, WritesTheTextOfToChars) {
  const f8::e4m3 x{0.3f};
  EXPECT_EQ(fmt::format("{} {:b} {:x} {}", x, x, x, std::vector{x}), "0.3 0 0101 010 2a [0.3]");
  EXPECT_EQ(fmt::format("{}", f8::e5m2{57344}), "57344");
  EXPECT_EQ(fmt::format("{}", f8::e5m2{5e-4}), "5e-04");
}

TEST(Fmt, RefusesWhatItCannotWrite) {
  for (const char* specification : {"{:d}", "{:.3b}", "{:q}", "{:+x}", "{:s}"})
    EXPECT_THROW((void)fmt::format(fmt::runtime(specification), f8::e4m3{1}), fmt::format_error)
        << specification;
}

}  // namespace
