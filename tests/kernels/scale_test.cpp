// Scaled conversion with every instruction set: what exact arithmetic gives, rounded once.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "kernels/guarded.hpp"
#include "kernels/scaled.hpp"

namespace {

using namespace kernel_test;

/// Every scale that is given, under each rounding, overflow and NaN code alone.
void expect_exact(const operation& op, const std::vector<std::uint64_t>& scales,
                  const conversions& hows) {
  for (const std::uint64_t scale : scales) {
    const scaled_sample inputs(op, inputs_about(op, scale), scale);
    for (const f8::conversion how : hows) ASSERT_TRUE(inputs.agrees(how));
  }
}

conversions few_conversions() {
  if (is_emulated()) return {{}, {f8::rounding::upward, f8::overflow::nonfinite}};
  return plain_conversions();
}

// ------------------------------------------------------------------------------------- quantize

template <class To>
class Quantize : public testing::Test {};
TYPED_TEST_SUITE(Quantize, reference::kernel_types, reference::format_names);

TYPED_TEST(Quantize, FloatsAboutEveryBoundary) {
  expect_exact(quantization<float, TypeParam>(), all_scales(), few_conversions());
}

TYPED_TEST(Quantize, FloatsUnderEveryConversion) {
  expect_exact(quantization<float, TypeParam>(), {0x3DCCCCCD, 0x7F800000, 0x80000000, 0x217FFFFF},
               all_conversions());
}

TYPED_TEST(Quantize, Doubles) {
  expect_exact(quantization<double, TypeParam>(), all_scales(),
               {{}, {f8::rounding::to_odd, f8::overflow::nonfinite}});
}

TYPED_TEST(Quantize, SmallerTypes) {
  const conversions hows{{}, {f8::rounding::downward, f8::overflow::saturate_finite}};
  expect_exact(quantization<f8::float16, TypeParam>(), all_scales(), hows);
  expect_exact(quantization<f8::bfloat16, TypeParam>(), all_scales(), hows);
  expect_exact(quantization<f8::e5m2, TypeParam>(), all_scales(), hows);
}

TYPED_TEST(Quantize, ByPowersOfTwo) {
  const conversions hows{{}, {f8::rounding::upward, f8::overflow::nonfinite}};
  expect_exact(quantization<float, TypeParam, f8::e8m0>(), powers_of_two(), hows);
  expect_exact(quantization<f8::bfloat16, TypeParam, f8::e8m0>(), powers_of_two(), hows);
}

// ----------------------------------------------------------------------------------- dequantize

template <class From>
class Dequantize : public testing::Test {};
TYPED_TEST_SUITE(Dequantize, reference::kernel_types, reference::format_names);

TYPED_TEST(Dequantize, EveryCodeUnderEveryScale) {
  expect_exact(dequantization<TypeParam, float>(), all_scales(), few_conversions());
  expect_exact(dequantization<TypeParam, double>(), all_scales(), few_conversions());
  expect_exact(dequantization<TypeParam, f8::float16>(), all_scales(), few_conversions());
  expect_exact(dequantization<TypeParam, f8::bfloat16>(), all_scales(), few_conversions());
  expect_exact(dequantization<TypeParam, f8::e4m3>(), all_scales(), few_conversions());
}

TYPED_TEST(Dequantize, CodesUnderEveryConversion) {
  const std::vector<std::uint64_t> scales{0x3DCCCCCD, 0x7F800000, 0x80000000, 0x7F7FFFFF};
  expect_exact(dequantization<TypeParam, float>(), scales, all_conversions());
  expect_exact(dequantization<TypeParam, f8::bfloat16>(), scales, all_conversions());
}

TYPED_TEST(Dequantize, ByPowersOfTwo) {
  const conversions hows{{}, f8::overflow::nonfinite, f8::rounding::upward};
  expect_exact(dequantization<TypeParam, float, f8::e8m0>(), powers_of_two(), hows);
  expect_exact(dequantization<TypeParam, f8::bfloat16, f8::e8m0>(), powers_of_two(), hows);
  expect_exact(dequantization<TypeParam, f8::float16, f8::e8m0>(), powers_of_two(), hows);
}

/// An array of codes, each with a scale of its own: such that the product is next to a boundary of
/// the result. The scales of one array are all plain, or of any kind.
void expect_exact_products(const operation& op, bool plain) {
  std::vector<std::uint64_t> inputs;
  std::vector<std::uint64_t> scales;
  for (const reference::magnitude& point : boundaries(op.to)) {
    for (std::uint64_t x = 0; x < 256; x += plain ? 5 : 17) {
      const number scale = reference::quotient({reference::kind::finite, false, point},
                                               reference::decode(op.from, x));
      const std::uint64_t below =
          reference::encode(reference::binary32, scale, {reference::rounding::toward_zero});
      for (std::uint64_t i = 0; i < 4; ++i) {
        const std::uint64_t code = (below + i - 1) & 0xFFFF'FFFF;
        if (plain && (code < 0x22000000 || code >= 0x7F800000)) continue;
        inputs.push_back(x);
        scales.push_back(code);
      }
    }
  }
  const scaled_sample sample(op, {1, inputs.size(), 1, 1}, inputs, scales);
  for (const f8::conversion how : few_conversions()) ASSERT_TRUE(sample.agrees(how));
}

TYPED_TEST(Dequantize, ProductsAboutBoundaries) {
  for (const bool plain : {true, false}) {
    expect_exact_products(dequantization<TypeParam, float>(), plain);
    expect_exact_products(dequantization<TypeParam, f8::float16>(), plain);
    expect_exact_products(dequantization<TypeParam, f8::bfloat16>(), plain);
    expect_exact_products(dequantization<TypeParam, f8::e5m2>(), plain);
  }
}

template <class From>
class DequantizeWide : public testing::Test {};
using wide_types = testing::Types<float, f8::float16, f8::bfloat16>;
TYPED_TEST_SUITE(DequantizeWide, wide_types, reference::format_names);

TYPED_TEST(DequantizeWide, NumbersAboutBoundaries) {
  expect_exact(dequantization<TypeParam, float>(), all_scales(), few_conversions());
  expect_exact(dequantization<TypeParam, double>(), all_scales(), few_conversions());
  expect_exact(dequantization<TypeParam, f8::float16>(), all_scales(), few_conversions());
  expect_exact(dequantization<TypeParam, f8::bfloat16>(), all_scales(), few_conversions());
  expect_exact(dequantization<TypeParam, f8::e4m3>(), all_scales(), few_conversions());
}

// -------------------------------------------------------------------------------------- tilings

/// Matrices whose tiles and rows end within the kernels' steps, and before and after their chunks.
std::vector<f8::tiling> tilings() {
  return {f8::per_block(300, 400, 128, 128),
          f8::per_block(3, 1000, 1, 128),
          f8::per_block(5, 3000, 2, 128),
          f8::per_block(17, 23, 3, 5),
          f8::per_block(5, 7, 100, 100),
          f8::per_block(4, 3000, 3, 700),
          f8::per_block(2, 3000, 2, 1500),
          f8::per_block(9, 2049, 4, 1024),
          f8::per_block(3, 65, 1, 1),
          f8::per_block(1, 1, 1, 1),
          f8::mx_blocks(7, 100),
          f8::mx_blocks(3, 1056),
          f8::per_row(31, 33),
          f8::per_row(3, 1),
          f8::per_column(33, 31),
          f8::per_tensor(50, 50),
          f8::per_tensor(0, 7),
          f8::per_tensor(7, 0),
          f8::per_row(0, 0),
          f8::per_column(5, 0)};
}

std::vector<std::uint64_t> some_of(const std::vector<std::uint64_t>& codes, std::size_t n) {
  std::minstd_rand random(static_cast<std::uint32_t>(n) + 1);
  std::vector<std::uint64_t> result;
  while (result.size() < n) result.push_back(codes[random() % codes.size()]);
  return result;
}

void expect_exact_in_tiles(const operation& op,
                           const std::vector<std::vector<std::uint64_t>>& lists_of_scales) {
  const std::vector<std::uint64_t> inputs = inputs_about(op, 0x3F800000);
  for (const f8::tiling& tiles : tilings()) {
    SCOPED_TRACE(testing::Message() << tiles.rows << 'x' << tiles.columns << " in "
                                    << tiles.tile_rows << 'x' << tiles.tile_columns);
    for (const auto& scales : lists_of_scales) {
      const scaled_sample sample(op, tiles, some_of(inputs, tiles.rows * tiles.columns),
                                 some_of(scales, tiles.size()));
      ASSERT_TRUE(sample.agrees({}));
    }
  }
}

TEST(Tilings, EachElementHasTheScaleOfItsTile) {
  const std::vector<std::vector<std::uint64_t>> floats{plain_scales(), all_scales()};
  expect_exact_in_tiles(quantization<float, f8::e4m3>(), floats);
  expect_exact_in_tiles(quantization<f8::bfloat16, f8::e5m2>(), floats);
  expect_exact_in_tiles(quantization<double, f8::e4m3>(), floats);
  expect_exact_in_tiles(dequantization<f8::e4m3, float>(), floats);
  expect_exact_in_tiles(dequantization<f8::e4m3, f8::bfloat16>(), floats);
  expect_exact_in_tiles(dequantization<f8::e5m2, f8::float16>(), floats);
  expect_exact_in_tiles(quantization<float, f8::e4m3, f8::e8m0>(), {powers_of_two()});
  expect_exact_in_tiles(dequantization<f8::e4m3, float, f8::e8m0>(), {powers_of_two()});
}

// --------------------------------------------------------------------------- lengths and places

/// Arrays of every length up to 260 that touch a protected page at their end, or lie at any
/// address after one.
void expect_within_bounds(const operation& op) {
  const auto in_size = static_cast<std::size_t>(reference::width(op.from)) / 8;
  const auto out_size = static_cast<std::size_t>(reference::width(op.to)) / 8;
  const std::vector<std::uint64_t> inputs = some_of(inputs_about(op, 0x3DCCCCCD), 260);
  code_array values(op.from);
  for (const std::uint64_t x : inputs) values.push_back(x);
  const float scales[] = {0.1F, 3.0F};
  const guarded_memory in(260 * 8 + 64);
  const guarded_memory out(260 * 8 + 64);
  for (const f8::isa kernels : f8::supported_isas()) {
    for (std::size_t n = 0; n <= 260; ++n) {
      const f8::tiling tiles{1, n, 1, (n + 1) / 2 + 1};
      code_array expected(op.to, n);
      op.run(f8::isa::scalar, values.data(), expected.data(), tiles, scales, {}, nullptr);
      for (const std::size_t shift : {std::size_t{0}, n % 61}) {
        const bool at_end = shift == 0;
        std::uint8_t* const from = in.place(n * in_size, at_end) + shift;
        std::uint8_t* const to = out.place(n * out_size, at_end) + shift / 2;
        std::memset(out.place(0, false), 0xA5, 260 * 8 + 64);
        std::memcpy(from, values.data(), n * in_size);
        op.run(kernels, from, to, tiles, scales, {}, nullptr);
        ASSERT_EQ(std::memcmp(to, expected.data(), n * out_size), 0)
            << f8::to_string(kernels) << ", " << n << " elements, shifted by " << shift;
        if (!at_end) {
          ASSERT_EQ(to[n * out_size], 0xA5) << f8::to_string(kernels) << ", " << n;
          ASSERT_TRUE(shift < 2 || to[-1] == 0xA5) << f8::to_string(kernels) << ", " << n;
        }
      }
    }
  }
}

TEST(Arrays, NothingIsTouchedAroundThem) {
  expect_within_bounds(quantization<float, f8::e4m3>());
  expect_within_bounds(quantization<double, f8::e4m3>());
  expect_within_bounds(quantization<f8::bfloat16, f8::e5m2>());
  expect_within_bounds(quantization<f8::e5m2, f8::e4m3fnuz>());
  expect_within_bounds(dequantization<f8::e4m3, float>());
  expect_within_bounds(dequantization<f8::e4m3, f8::bfloat16>());
  expect_within_bounds(dequantization<f8::e4m3, double>());
  expect_within_bounds(dequantization<float, float>());
}

/// The result takes the place of what it was made from.
void expect_in_place(const operation& op) {
  const std::vector<std::uint64_t> inputs = some_of(inputs_about(op, 0x3DCCCCCD), 3001);
  const float scale = 0.1F;
  for (const f8::isa kernels : f8::supported_isas()) {
    for (const std::size_t n : {std::size_t{5}, std::size_t{1024}, inputs.size()}) {
      code_array values(op.from);
      for (std::size_t i = 0; i < n; ++i) values.push_back(inputs[i]);
      code_array expected(op.to, n);
      f8::cast_statistics apart;
      f8::cast_statistics in_place;
      const f8::tiling tiles = f8::per_tensor(1, n);
      op.run(f8::isa::scalar, values.data(), expected.data(), tiles, &scale, {}, &apart);
      op.run(kernels, values.data(), values.data(), tiles, &scale, {}, &in_place);
      const auto bytes = static_cast<std::size_t>(reference::width(op.to)) / 8 * n;
      ASSERT_EQ(std::memcmp(values.data(), expected.data(), bytes), 0) << f8::to_string(kernels);
      ASSERT_EQ(reference::bits_of<std::uint64_t>(in_place.absmax),
                reference::bits_of<std::uint64_t>(apart.absmax));
      ASSERT_EQ(in_place.underflowed, apart.underflowed);
    }
  }
}

TEST(Arrays, MayBeConvertedInPlace) {
  expect_in_place(quantization<float, f8::e4m3>());
  expect_in_place(quantization<double, f8::e5m2>());
  expect_in_place(quantization<f8::float16, f8::e4m3>());
  expect_in_place(quantization<f8::e5m2, f8::e4m3>());
  expect_in_place(dequantization<float, float>());
  expect_in_place(dequantization<float, f8::bfloat16>());
  expect_in_place(dequantization<f8::e4m3, f8::e5m2>());
}

// ------------------------------------------------------------------------ absmax and find_scales

template <class T>
class Absmax : public testing::Test {};
using measured_types =
    testing::Types<float, double, f8::float16, f8::bfloat16, f8::e4m3, f8::e5m2, f8::e5m2fnuz>;
TYPED_TEST_SUITE(Absmax, measured_types, reference::format_names);

/// Arrays of small numbers of both signs with one code of another kind at any place.
template <class T>
std::vector<T> values_of(const std::vector<std::uint64_t>& codes) {
  std::vector<T> values;
  for (const std::uint64_t x : codes) values.push_back(reference::value_of<T>(x));
  return values;
}

TYPED_TEST(Absmax, IsTheLargestMagnitudeThatIsNoNan) {
  constexpr format f = reference::format_of<TypeParam>;
  std::vector<std::uint64_t> special = special_inputs(f);
  for (std::size_t i = 0, n = special.size(); i < n; ++i) {
    special.push_back(special[i] | reference::sign_bit(f));
  }
  for (std::size_t n = 0; n <= 260; n += n < 70 ? 1 : 19) {
    for (std::size_t i = 0; i < special.size(); ++i) {
      std::vector<std::uint64_t> codes(n, (i % 2 == 0 ? reference::sign_bit(f) : 0) | (1 + i % 3));
      if (n != 0) codes[i * 7 % n] = special[i];
      const std::vector<TypeParam> values = values_of<TypeParam>(codes);
      const number expected = reference::decode(f, largest_of(f, codes, false));
      for (const f8::isa kernels : f8::supported_isas()) {
        const double got = f8::absmax(kernels, values.data(), n);
        ASSERT_EQ(reference::bits_of<std::uint64_t>(got),
                  reference::encode(reference::binary64, expected,
                                    {reference::rounding::to_odd, reference::overflow::nonfinite}))
            << f8::to_string(kernels) << ", " << n << " elements, among them "
            << reference::describe(f, special[i]);
      }
    }
  }
}

enum class contents { finite, infinite_too, special };

/// The scales of a matrix of such numbers.
template <class From, class Scale, class Rule>
void expect_scales(const f8::tiling& tiles, contents what, Rule rule) {
  constexpr format f = reference::format_of<From>;
  std::vector<std::uint64_t> codes;
  for (std::uint64_t i = 1; i < 60; ++i) codes.push_back(f.max_finite / 60 * i);
  if (what == contents::infinite_too && reference::has_infinity(f)) codes.push_back(f.infinity);
  if (what == contents::special) codes = special_inputs(f);
  codes = some_of(codes, tiles.rows * tiles.columns);
  const std::vector<From> values = values_of<From>(codes);
  std::vector<std::vector<std::uint64_t>> members(tiles.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    members[tiles.index(i / tiles.columns, i % tiles.columns)].push_back(codes[i]);
  }
  for (const f8::isa kernels : f8::supported_isas()) {
    std::vector<Scale> scales(tiles.size());
    f8::find_scales<f8::e4m3>(kernels, values.data(), tiles, scales.data(), rule);
    for (std::size_t i = 0; i < scales.size(); ++i) {
      const number largest = reference::decode(f, largest_of(f, members[i], true));
      const auto absmax = reference::from_bits<double>(
          reference::encode(reference::binary64, largest, {reference::rounding::to_odd}));
      if constexpr (std::is_same_v<Scale, float>) {
        ASSERT_EQ(reference::code_of(scales[i]),
                  reference::code_of(f8::scale_for<f8::e4m3>(absmax, rule)))
            << f8::to_string(kernels) << ", tile " << i;
      } else {
        ASSERT_EQ(scales[i].to_bits(), f8::mx_scale_for<f8::e4m3>(absmax, rule).to_bits())
            << f8::to_string(kernels) << ", tile " << i;
      }
    }
  }
}

TYPED_TEST(Absmax, OfTheFiniteNumbersOfATileMakesItsScale) {
  for (const f8::tiling& tiles : tilings()) {
    for (const contents what : {contents::finite, contents::infinite_too, contents::special}) {
      expect_scales<TypeParam, float>(tiles, what, f8::scale_rule{});
      expect_scales<TypeParam, float>(tiles, what, f8::scale_rule{true, 1});
      expect_scales<TypeParam, f8::e8m0>(tiles, what, f8::mx_rule::floor);
      expect_scales<TypeParam, f8::e8m0>(tiles, what, f8::mx_rule::ceil);
    }
  }
}

}  // namespace
