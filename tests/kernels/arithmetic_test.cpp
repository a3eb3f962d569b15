// Sums of products have the bits that arithmetic.hpp states, with the kernels of every instruction
// set, for every length; and nothing else is read or written.
#include "f8/arithmetic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <type_traits>
#include <vector>

#include "kernels/guarded.hpp"
#include "kernels/operands.hpp"
#include "kernels/print_isas.hpp"

namespace {

using kernel_test::all_numbers;
using kernel_test::are_codes;
using kernel_test::is_float;
using kernel_test::numbers;
using kernel_test::operand;

constexpr std::size_t longest = 300;

/// True where an emulated CPU runs the tests: they take fewer sizes then.
bool is_emulated() {
  return std::getenv("F8_EMULATED") != nullptr;
}

/// The emulator of x86 reads what a masked load masks out: no page that is protected may be there.
std::size_t beyond_the_end() {
#if defined(__x86_64__)
  return is_emulated() ? 64 : 0;
#else
  return 0;
#endif
}

/// An array between pages that may not be touched: it ends where the second begins, or begins where
/// the first ends.
template <class T>
class guarded_array {
 public:
  explicit guarded_array(const std::vector<T>& values)
      : memory_(values.size() * sizeof(T) + beyond_the_end() + 1), values_(values) {}

  T* place(bool at_end) {
    const std::size_t size = values_.size() * sizeof(T);
    auto* data = reinterpret_cast<T*>(memory_.place(size + beyond_the_end(), at_end));
    std::copy(values_.begin(), values_.end(), data);
    return data;
  }

 private:
  kernel_test::guarded_memory memory_;
  std::vector<T> values_;
};

/// The first n.
template <class T>
std::vector<T> first(const std::vector<T>& all, std::size_t n) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n)};
}

// ------------------------------------------------------------------------------------------- sums

template <class T>
class Sums : public testing::Test {};
template <class T>
struct with_wider;
template <class... T>
struct with_wider<testing::Types<T...>> {
  using type = testing::Types<float, f8::float16, f8::bfloat16, T...>;
};
using element_types = with_wider<reference::kernel_types>::type;
TYPED_TEST_SUITE(Sums, element_types, reference::format_names);

template <class A, class B>
void expect_dot(std::size_t n, numbers kind) {
  const operand<A> a(n, kind, static_cast<unsigned>(n));
  const operand<B> b(n, kind, static_cast<unsigned>(n) + 1);
  guarded_array<A> guarded_a(a.values);
  guarded_array<B> guarded_b(b.values);
  const float expected = reference::sum_of_products(a.floats, b.floats);
  for (const f8::isa kernels : f8::supported_isas()) {
    for (const bool at_end : {false, true}) {
      const float got = f8::dot(kernels, guarded_a.place(at_end), guarded_b.place(at_end), n);
      ASSERT_TRUE(is_float(got, expected)) << f8::to_string(kernels) << ", " << n << " elements";
    }
  }
}

TYPED_TEST(Sums, DotOfEveryLength) {
  for (std::size_t n = 0; n <= longest; n += is_emulated() ? 7 : 1) {
    ASSERT_NO_FATAL_FAILURE((expect_dot<TypeParam, float>(n, all_numbers[n % 4])));
    ASSERT_NO_FATAL_FAILURE((expect_dot<TypeParam, float>(n, numbers::ordinary)));
  }
}

TYPED_TEST(Sums, DotWithEveryOtherWidth) {
  for (const numbers kind : all_numbers) {
    for (const std::size_t n : {127u, 129u, 4095u, 4096u, 4097u, 9000u}) {
      ASSERT_NO_FATAL_FAILURE((expect_dot<TypeParam, float>(n, kind)));
      ASSERT_NO_FATAL_FAILURE((expect_dot<float, TypeParam>(n, kind)));
      ASSERT_NO_FATAL_FAILURE((expect_dot<TypeParam, f8::float16>(n, kind)));
      ASSERT_NO_FATAL_FAILURE((expect_dot<TypeParam, f8::bfloat16>(n, kind)));
      ASSERT_NO_FATAL_FAILURE((expect_dot<TypeParam, f8::e5m2>(n, kind)));
    }
  }
}

TYPED_TEST(Sums, SumIsDotWithOnes) {
  for (std::size_t n = 0; n <= longest + 3000; n += n < longest ? 1 : 500) {
    const operand<TypeParam> a(n, all_numbers[n % 4], static_cast<unsigned>(n));
    const float expected = reference::sum_of_products(a.floats, std::vector<float>(n, 1.0F));
    guarded_array<TypeParam> guarded(a.values);
    for (const f8::isa kernels : f8::supported_isas()) {
      const float got = f8::sum(kernels, guarded.place(true), n);
      ASSERT_TRUE(is_float(got, expected)) << f8::to_string(kernels) << ", " << n << " elements";
    }
  }
}

/// Each code in each place, alone among ones: Inf, NaN, -0 and the subnormal numbers too.
TYPED_TEST(Sums, EveryCodeIsDecoded) {
  if constexpr (sizeof(TypeParam) == 1) {
    const std::vector<float> ones(64, 1.0F);
    for (std::uint64_t code = 0; code < 256; ++code) {
      const std::size_t place = code * 37 % 64;
      std::vector<TypeParam> a(64, TypeParam(0.0F));
      std::vector<float> floats(64, 0.0F);
      a[place] = reference::value_of<TypeParam>(code);
      floats[place] = reference::value(reference::format_of<TypeParam>, code);
      const float expected = reference::sum_of_products(floats, ones);
      for (const f8::isa kernels : f8::supported_isas()) {
        ASSERT_TRUE(is_float(f8::dot(kernels, a.data(), ones.data(), 64), expected))
            << f8::to_string(kernels) << ", code " << code;
      }
    }
  }
}

// ------------------------------------------------------------------------------------------- axpy

template <class X, class Y>
void expect_axpy(std::size_t n, numbers kind, float alpha) {
  const operand<X> x(n, kind, static_cast<unsigned>(n));
  const operand<Y> y(n, kind, static_cast<unsigned>(n) + 1);
  std::vector<std::uint64_t> expected;
  for (std::size_t i = 0; i < n; ++i) {
    expected.push_back(reference::expected_cast<Y>(
        reference::fused_multiply_add(alpha, x.floats[i], y.floats[i])));
  }
  guarded_array<X> guarded_x(x.values);
  guarded_array<Y> guarded_y(y.values);
  for (const f8::isa kernels : f8::supported_isas()) {
    for (const bool at_end : {false, true}) {
      Y* const result = guarded_y.place(at_end);
      f8::axpy(kernels, alpha, guarded_x.place(at_end), result, n);
      ASSERT_TRUE(are_codes(result, expected)) << f8::to_string(kernels) << ", " << n;
    }
  }
}

TYPED_TEST(Sums, AxpyOfEveryLength) {
  for (std::size_t n = 0; n <= longest; ++n) {
    ASSERT_NO_FATAL_FAILURE((expect_axpy<TypeParam, float>(n, all_numbers[n % 4], -1.7F)));
  }
}

TYPED_TEST(Sums, AxpyToEveryWidth) {
  for (const numbers kind : all_numbers) {
    for (const std::size_t n : {70u, 4096u, 4100u, 8300u}) {
      ASSERT_NO_FATAL_FAILURE((expect_axpy<TypeParam, f8::float16>(n, kind, 0.3F)));
      ASSERT_NO_FATAL_FAILURE((expect_axpy<TypeParam, f8::bfloat16>(n, kind, 1e-3F)));
      ASSERT_NO_FATAL_FAILURE((expect_axpy<TypeParam, float>(n, kind, 3e20F)));
      ASSERT_NO_FATAL_FAILURE((expect_axpy<float, TypeParam>(n, kind, -1.0F)));
    }
  }
}

TEST(Axpy, OfOneArrayWithItself) {
  const operand<float> x(4100, numbers::ordinary, 1);
  std::vector<std::uint64_t> expected;
  for (const float value : x.floats)
    expected.push_back(reference::code_of(reference::fused_multiply_add(0.7F, value, value)));
  for (const f8::isa kernels : f8::supported_isas()) {
    std::vector<float> y = x.values;
    f8::axpy(kernels, 0.7F, y.data(), y.data(), y.size());
    ASSERT_TRUE(are_codes(y.data(), expected)) << f8::to_string(kernels);
  }
}

// ------------------------------------------------------------------------------------------- gemv

float float_of(float x) {
  return x;
}
float float_of(f8::e8m0 x) {
  const reference::format as_float = reference::binary32;
  if (x.to_bits() == 0xFF) return reference::value(as_float, 0x7FC0'0000);
  return reference::value(as_float, x.to_bits() == 0 ? 0x0040'0000u : x.to_bits() * (1u << 23));
}

std::vector<float> make_scales(std::size_t n, float) {
  const operand<float> scales(n, numbers::ordinary, 7);
  return scales.values;
}
std::vector<f8::e8m0> make_scales(std::size_t n, f8::e8m0) {
  std::vector<f8::e8m0> scales(n);
  for (unsigned i = 0; i < n; ++i)
    scales[i] = f8::e8m0::from_bits(i % 97 == 7 ? 0 : i % 97 == 8 ? 0xFE : 120 + i % 13);
  return scales;
}

/// y = W x in the words of arithmetic.hpp.
template <class Scale>
std::vector<float> expected_product(const std::vector<float>& w, const f8::tiling& tiles,
                                    const std::vector<Scale>& scales, const std::vector<float>& x) {
  const std::size_t columns = tiles.columns, width = tiles.tile_columns;
  std::vector<float> y;
  for (std::size_t r = 0; r < tiles.rows; ++r) {
    const std::vector<float> row(w.begin() + static_cast<std::ptrdiff_t>(r * columns),
                                 w.begin() + static_cast<std::ptrdiff_t>((r + 1) * columns));
    std::vector<float> factors = x;
    std::vector<reference::segment> segments;
    if (width < 32 && width < columns) {
      for (std::size_t i = 0; i < columns; ++i)
        factors[i] = reference::product(x[i], float_of(scales[tiles.index(r, i)]));
      segments.push_back({columns, 1.0F});
    } else {
      for (std::size_t i = 0; i < columns; i += width)
        segments.push_back({std::min(width, columns - i), float_of(scales[tiles.index(r, i)])});
    }
    y.push_back(reference::sum_of_products(row, factors, segments));
  }
  return y;
}

template <class W, class X, class Y, class Scale>
void expect_gemv(const f8::tiling& tiles, numbers kind) {
  const operand<W> w(tiles.rows * tiles.columns, kind, 3);
  const operand<X> x(tiles.columns, kind, 4);
  const std::vector<Scale> scales = make_scales(tiles.size(), Scale{});
  std::vector<std::uint64_t> expected;
  for (const float sum : expected_product(w.floats, tiles, scales, x.floats))
    expected.push_back(reference::expected_cast<Y>(sum));
  guarded_array<W> guarded_w(w.values);
  guarded_array<X> guarded_x(x.values);
  guarded_array<Scale> guarded_scales(scales);
  guarded_array<Y> y(std::vector<Y>(tiles.rows));
  for (const f8::isa kernels : f8::supported_isas()) {
    for (const bool at_end : {false, true}) {
      Y* const result = y.place(at_end);
      f8::gemv(kernels, guarded_w.place(at_end), tiles, guarded_scales.place(at_end),
               guarded_x.place(at_end), result);
      ASSERT_TRUE(are_codes(result, expected))
          << f8::to_string(kernels) << ", " << tiles.rows << " x " << tiles.columns << ", tiles of "
          << tiles.tile_rows << " x " << tiles.tile_columns;
      if constexpr (std::is_same_v<Scale, float>) {
        if (tiles.size() != 1) continue;
        f8::gemv(kernels, guarded_w.place(at_end), tiles.rows, tiles.columns,
                 guarded_x.place(at_end), result, scales[0]);
        ASSERT_TRUE(are_codes(result, expected)) << f8::to_string(kernels) << ", one scale";
      }
    }
  }
}

std::vector<f8::tiling> tilings(std::size_t rows, std::size_t columns) {
  return {f8::per_tensor(rows, columns),          f8::per_row(rows, columns),
          f8::per_column(rows, columns),          f8::mx_blocks(rows, columns),
          f8::per_block(rows, columns, 128, 128), f8::per_block(rows, columns, 1, 128),
          f8::per_block(rows, columns, 2, 7),     f8::per_block(rows, columns, 3, 96),
          f8::per_block(rows, columns, 1, 48),    f8::per_block(rows, columns, 2, 5000)};
}

template <class W>
class Gemv : public testing::Test {};
TYPED_TEST_SUITE(Gemv, reference::kernel_types, reference::format_names);

TYPED_TEST(Gemv, EveryTilingAndActivation) {
  for (const f8::tiling& tiles : tilings(5, 333)) {
    ASSERT_NO_FATAL_FAILURE(
        (expect_gemv<TypeParam, float, float, float>(tiles, numbers::ordinary)));
    ASSERT_NO_FATAL_FAILURE(
        (expect_gemv<TypeParam, f8::float16, f8::bfloat16, f8::e8m0>(tiles, numbers::ordinary)));
    ASSERT_NO_FATAL_FAILURE(
        (expect_gemv<TypeParam, f8::bfloat16, f8::float16, float>(tiles, numbers::ordinary)));
    ASSERT_NO_FATAL_FAILURE(
        (expect_gemv<TypeParam, f8::e5m2, float, f8::e8m0>(tiles, numbers::any)));
  }
}

TEST(Shapes, EveryNumberOfRowsAndColumns) {
  using sizes = std::vector<std::size_t>;
  const bool few = is_emulated();
  for (const std::size_t rows : few ? sizes{1, 5, 17} : sizes{0, 1, 2, 3, 4, 5, 16, 17, 21}) {
    for (const std::size_t columns :
         few ? sizes{33, 97, 4129}
             : sizes{0, 1, 31, 32, 33, 63, 64, 65, 97, 193, 4095, 4096, 4097, 4128, 4129, 8400}) {
      for (const f8::tiling& tiles : tilings(rows, columns)) {
        ASSERT_NO_FATAL_FAILURE(
            (expect_gemv<f8::e4m3, float, float, float>(tiles, numbers::ordinary)));
      }
    }
  }
}

TEST(Shapes, EveryKindOfNumber) {
  for (const numbers kind : all_numbers) {
    for (const f8::tiling& tiles : tilings(4, 4200)) {
      ASSERT_NO_FATAL_FAILURE((expect_gemv<f8::e5m2, float, float, float>(tiles, kind)));
      ASSERT_NO_FATAL_FAILURE((expect_gemv<f8::e4m3, f8::bfloat16, float, f8::e8m0>(tiles, kind)));
    }
  }
}

TEST(Scales, EveryPowerOfTwoIsItsValue) {
  std::vector<f8::e4m3> w(64, f8::e4m3(0.0F));
  w[5] = f8::e4m3(1.0F);
  const std::vector<float> x(64, 1.0F);
  for (const f8::isa kernels : f8::supported_isas()) {
    for (unsigned code = 0; code < 255; ++code) {
      const std::vector<f8::e8m0> scales{f8::e8m0::from_bits(code), f8::e8m0(1.0F)};
      float y = 0;
      f8::gemv(kernels, w.data(), f8::mx_blocks(1, 64), scales.data(), x.data(), &y);
      EXPECT_TRUE(is_float(y, float_of(scales[0]))) << f8::to_string(kernels) << ", code " << code;
    }
  }
}

TEST(Scales, ThatAreInfiniteOrNanAreHeardInTheirTilesOnly) {
  const f8::tiling tiles = f8::mx_blocks(2, 100);
  const std::vector<f8::e4m3> w(200, f8::e4m3(1.0F));
  const std::vector<float> x(100, 1.0F);
  for (const f8::isa kernels : f8::supported_isas()) {
    for (std::size_t bad = 0; bad < tiles.size(); ++bad) {
      std::vector<f8::e8m0> scales(tiles.size(), f8::e8m0(1.0F));
      scales[bad] = f8::e8m0::from_bits(0xFF);
      float y[2];
      f8::gemv(kernels, w.data(), tiles, scales.data(), x.data(), y);
      for (std::size_t r = 0; r < 2; ++r) {
        const std::uint32_t expected = bad / 4 == r ? 0x7FC0'0000 : 0x42C8'0000;  // NaN or 100
        EXPECT_EQ(reference::code_of(y[r]), expected) << f8::to_string(kernels) << ", tile " << bad;
      }
    }
  }
}

}  // namespace
