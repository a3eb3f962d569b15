// Every function on arrays takes contiguous ranges, too: with the bits that it gives for pointers,
// and with sizes that are checked.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "f8/arithmetic.hpp"
#include "f8/convert.hpp"
#include "f8/scale.hpp"
#include "f8/sort.hpp"
#include "reference/f8_types.hpp"

#if defined(__has_include)
#if __has_include(<span>) && __cplusplus > 201703L
#include <span>
#define HAS_SPAN 1
#endif
#endif

namespace {

constexpr std::size_t rows = 3, columns = 40;
constexpr std::size_t n = rows * columns;

template <class T>
std::vector<T> numbers(std::size_t size) {
  std::vector<T> result(size);
  for (std::size_t i = 0; i < size; ++i)
    result[i] = T(static_cast<float>(i * 37 % 101) / 8.0F - 5.0F);
  return result;
}

template <class T>
std::vector<T> scales_of(const f8::tiling& tiles) {
  std::vector<T> result(tiles.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = T(i % 2 == 0 ? 0.5F : 4.0F);
  return result;
}

template <class T>
std::vector<unsigned> codes_of(const std::vector<T>& values) {
  std::vector<unsigned> codes;
  for (const T& x : values) codes.push_back(reference::code_of(x));
  return codes;
}

// ------------------------------------------------------------------------------------------------
// the same bits

/// A view of an array stands for C++20's std::span: data() and size(), and no constructor.
template <class T>
class view {
 public:
  view(T* first, std::size_t size) : first_(first), size_(size) {}
  T* data() const { return first_; }
  std::size_t size() const { return size_; }

 private:
  T* first_;
  std::size_t size_;
};

/// Ways of giving a vector's elements to a function.
struct as_vector {
  static constexpr const char* name = "vector";
  template <class T>
  T& operator()(T& x) const {
    return x;
  }
};
struct as_view {
  static constexpr const char* name = "view";
  template <class T>
  view<T> operator()(std::vector<T>& x) const {
    return {x.data(), x.size()};
  }
  template <class T>
  view<const T> operator()(const std::vector<T>& x) const {
    return {x.data(), x.size()};
  }
};
/// Gives the pointer to the first element, for functions that take a pointer where others take the
/// range.
struct as_pointer {
  template <class T>
  auto operator()(T& x) const {
    return x.data();
  }
};
#if defined(HAS_SPAN)
struct as_span {
  static constexpr const char* name = "span";
  template <class T>
  std::span<T> operator()(std::vector<T>& x) const {
    return x;
  }
  template <class T>
  std::span<const T> operator()(const std::vector<T>& x) const {
    return x;
  }
};
#endif

template <class Way>
class Ranges : public testing::Test {};
#if defined(HAS_SPAN)
using ways = testing::Types<as_vector, as_view, as_span>;
#else
using ways = testing::Types<as_vector, as_view>;
#endif
struct way_names {
  template <class Way>
  static std::string GetName(int) {
    return Way::name;
  }
};
TYPED_TEST_SUITE(Ranges, ways, way_names);

TYPED_TEST(Ranges, ConvertAsPointersDo) {
  const TypeParam as;
  const std::vector<float> in = numbers<float>(n);
  std::vector<f8::e4m3> out(n), expected(n);
  f8::convert(in.data(), expected.data(), n, f8::rounding::upward);
  f8::convert(as(in), as(out), f8::rounding::upward);
  EXPECT_EQ(codes_of(out), codes_of(expected));
  f8::convert_stochastic(in.data(), expected.data(), n, 42);
  f8::convert_stochastic(as(in), as(out), 42);
  EXPECT_EQ(codes_of(out), codes_of(expected));
  f8::convert_stochastic(in.data(), expected.data(), n, 7, f8::overflow::nonfinite);
  f8::convert_stochastic(as(in), as(out), 7, f8::overflow::nonfinite);
  EXPECT_EQ(codes_of(out), codes_of(expected));
}

TYPED_TEST(Ranges, ScaleAsPointersDo) {
  const TypeParam as;
  const std::vector<float> in = numbers<float>(n);
  std::vector<f8::e4m3> out(n), expected(n);
  std::vector<float> back(n), expected_back(n);
  f8::cast_statistics seen, expected_seen;
  EXPECT_EQ(f8::absmax(as(in)), f8::absmax(in.data(), n));
  static_assert(std::is_same_v<decltype(f8::absmax(std::vector<double>{})), double>);
  f8::quantize(in.data(), expected.data(), n, 0.1F, {}, &expected_seen);
  f8::quantize(as(in), as(out), 0.1F, {}, &seen);
  EXPECT_EQ(codes_of(out), codes_of(expected));
  EXPECT_EQ(seen.values, n);
  EXPECT_EQ(seen.absmax, expected_seen.absmax);
  f8::dequantize(out.data(), expected_back.data(), n, 0.1F);
  f8::dequantize(as(out), as(back), 0.1F);
  EXPECT_EQ(codes_of(back), codes_of(expected_back));
}

/// Every array of a matrix's functions by `as`, but for the one that is given by `also`.
template <class Scale, class As, class Also>
void expect_matrices_as_pointers_do(const As& as, const Also& also) {
  const f8::tiling tiles = f8::per_block(rows, columns, 2, 16);
  const std::vector<float> in = numbers<float>(n), x = numbers<float>(columns);
  std::vector<Scale> scales(tiles.size()), expected_scales(tiles.size());
  std::vector<f8::e4m3> out(n), expected(n);
  std::vector<float> back(n), expected_back(n), y(rows), expected_y(rows);
  f8::cast_statistics seen, expected_seen;

  f8::find_scales<f8::e4m3>(in.data(), tiles, expected_scales.data());
  f8::find_scales<f8::e4m3>(also(in), tiles, as(scales));
  EXPECT_EQ(codes_of(scales), codes_of(expected_scales));

  f8::quantize(in.data(), expected.data(), tiles, scales.data(), f8::rounding::upward,
               &expected_seen);
  f8::quantize(as(in), also(out), tiles, as(scales), f8::rounding::upward, &seen);
  EXPECT_EQ(codes_of(out), codes_of(expected));
  EXPECT_EQ(seen.values, expected_seen.values);

  f8::dequantize(out.data(), expected_back.data(), tiles, scales.data());
  f8::dequantize(also(out), as(back), tiles, as(scales));
  EXPECT_EQ(codes_of(back), codes_of(expected_back));

  f8::gemv(out.data(), tiles, scales.data(), x.data(), expected_y.data());
  f8::gemv(also(out), tiles, as(scales), as(x), as(y));
  EXPECT_EQ(codes_of(y), codes_of(expected_y));

  f8::gemv(out.data(), rows, columns, x.data(), expected_y.data(), 3);
  f8::gemv(as(out), rows, columns, also(x), as(y), 3);
  EXPECT_EQ(codes_of(y), codes_of(expected_y));
}

TYPED_TEST(Ranges, TileAsPointersDo) {
  const TypeParam as;
  expect_matrices_as_pointers_do<float>(as, as);
  expect_matrices_as_pointers_do<float>(as, as_pointer{});
  expect_matrices_as_pointers_do<float>(as_pointer{}, as);
  expect_matrices_as_pointers_do<f8::e8m0>(as, as);
  expect_matrices_as_pointers_do<f8::e8m0>(as, as_pointer{});
}

TYPED_TEST(Ranges, ComputeAsPointersDo) {
  const TypeParam as;
  const std::vector<f8::e4m3> a = numbers<f8::e4m3>(n);
  const std::vector<float> b = numbers<float>(n);
  EXPECT_EQ(f8::dot(as(a), as(b)), f8::dot(a.data(), b.data(), n));
  EXPECT_EQ(f8::dot(as(b), as(a)), f8::dot(b.data(), a.data(), n));
  EXPECT_EQ(f8::sum(as(a)), f8::sum(a.data(), n));
  std::vector<float> y = numbers<float>(n), expected = y;
  f8::axpy(0.3F, a.data(), expected.data(), n);
  f8::axpy(0.3F, as(a), as(y));
  EXPECT_EQ(codes_of(y), codes_of(expected));
}

TYPED_TEST(Ranges, SortAsPointersDo) {
  const TypeParam as;
  std::vector<f8::e4m3> values = numbers<f8::e4m3>(n), expected = values;
  std::vector<std::uint32_t> index(n), expected_index(n);
  f8::argsort(values.data(), n, expected_index.data());
  f8::argsort(as(values), as(index));
  EXPECT_EQ(index, expected_index);
  f8::sort(expected.data(), expected.data() + n);
  f8::sort(as(values));
  EXPECT_EQ(codes_of(values), codes_of(expected));
}

TEST(RangesOfFixedSize, AreRanges) {
  const float in[4] = {1, 2, 3, 4};
  float same_in[4] = {1, 2, 3, 4};
  const std::array<float, 2> x{1, 1};
  const float half[1] = {0.5F};
  float found[1] = {};
  f8::e4m3 codes[4] = {};
  std::array<float, 4> values{};
  float y[2] = {};
  std::uint32_t index[4] = {};

  f8::find_scales<f8::e4m3>(in, f8::per_tensor(2, 2), found);
  EXPECT_EQ(found[0], f8::scale_for<f8::e4m3>(4));
  f8::quantize(in, codes, {2, 2, 2, 2}, half);
  EXPECT_EQ(codes[3], 8.0F);
  f8::quantize(same_in, codes, f8::per_tensor(2, 2), half, {}, nullptr);
  EXPECT_EQ(codes[3], 8.0F);
  f8::quantize(in, codes, 0.25F);
  EXPECT_EQ(codes[3], 16.0F);
  f8::quantize(in, codes, 4, 0.5F);  // of pointers
  EXPECT_EQ(codes[3], 8.0F);
  f8::dequantize(codes, values, {2, 2, 2, 2}, half);
  EXPECT_EQ(values[3], 4.0F);
  f8::dequantize(codes, values, 1, f8::overflow::saturate);
  EXPECT_EQ(values[3], 8.0F);
  f8::gemv(codes, {2, 2, 2, 2}, half, x, y);
  EXPECT_EQ(y[1], 7.0F);
  f8::gemv(codes, 2, 2, x, y);
  EXPECT_EQ(y[1], 14.0F);
  EXPECT_EQ(f8::dot(in, values), 60.0F);
  EXPECT_EQ(f8::sum(in), 10.0F);
  EXPECT_EQ(f8::absmax(in), 4.0F);
  f8::axpy(1, in, values);
  EXPECT_EQ(values[3], 12.0F);
  f8::convert_stochastic(in, codes, 1);
  f8::argsort(codes, index);
  EXPECT_EQ(index[3], 3u);
}

// ------------------------------------------------------------------------------------------------
// sizes

/// The call throws, and says both sizes.
template <class Call>
void expect_refused(std::size_t is, std::size_t expected, const Call& call) {
  try {
    call();
    ADD_FAILURE() << is << " were taken for " << expected;
  } catch (const std::invalid_argument& error) {
    const std::string text = std::string(error.what()) + ',';
    for (const std::size_t size : {is, expected})
      EXPECT_NE(text.find(' ' + std::to_string(size) + ','), std::string::npos) << error.what();
  }
}

TEST(RangesOfTwoSizes, AreRefused) {
  const std::size_t sizes[][2] = {{17, 42}, {42, 17}, {0, 1}, {1, 0}, {100, 101}};
  for (const auto& [first, second] : sizes) {
    const std::vector<float> a(first), b(second);
    const std::vector<f8::e4m3> codes(first);
    std::vector<f8::e4m3> out(second);
    std::vector<float> y(second);
    std::vector<std::uint32_t> index(second);
    expect_refused(first, second, [&] { f8::convert(a, out); });
    expect_refused(first, second, [&] { f8::convert_stochastic(a, out, 1); });
    expect_refused(first, second, [&] { f8::quantize(a, out, 1); });
    expect_refused(first, second, [&] { f8::dequantize(codes, y, 1); });
    expect_refused(first, second, [&] { (void)f8::dot(a, b); });
    expect_refused(first, second, [&] { f8::axpy(1, a, y); });
    expect_refused(first, second, [&] { f8::argsort(codes, index); });
  }
}

TEST(RangesOfAMatrix, AreRefusedWhereTheyDoNotFit) {
  const f8::tiling tiles = f8::per_block(rows, columns, 2, 16);
  const std::size_t tile_count = tiles.size();
  // Each array in turn has another size than it should have.
  for (unsigned wrong = 0; wrong < 4; ++wrong) {
    for (const std::size_t change : {std::size_t{1}, ~std::size_t{0}}) {
      const auto size = [&](unsigned array, std::size_t right) {
        return array == wrong ? right + change : right;
      };
      const std::vector<float> in(size(0, n));
      const std::vector<f8::e4m3> w(size(0, n));
      std::vector<float> scales(size(1, tile_count), 1.0F);
      std::vector<f8::e8m0> powers(size(1, tile_count), f8::e8m0{1.0F});
      std::vector<f8::e4m3> codes(size(2, n));
      std::vector<float> values(size(2, n));
      const std::vector<float> x(size(2, columns));
      std::vector<float> y(size(3, rows));
      const std::size_t right = wrong == 0 ? n : wrong == 1 ? tile_count : n;
      const std::size_t right_for_gemv = wrong == 2 ? columns : wrong == 3 ? rows : right;
      if (wrong < 2) {
        expect_refused(right + change, right,
                       [&] { f8::find_scales<f8::e4m3>(in, tiles, scales); });
        expect_refused(right + change, right,
                       [&] { f8::find_scales<f8::e4m3>(in, tiles, powers); });
      }
      if (wrong < 3) {
        expect_refused(right + change, right, [&] { f8::quantize(in, codes, tiles, scales); });
        expect_refused(right + change, right, [&] { f8::quantize(in, codes, tiles, powers); });
        expect_refused(right + change, right, [&] { f8::dequantize(w, values, tiles, scales); });
      }
      expect_refused(right_for_gemv + change, right_for_gemv,
                     [&] { f8::gemv(w, tiles, scales, x, y); });
      if (wrong != 1) {
        expect_refused(right_for_gemv + change, right_for_gemv,
                       [&] { f8::gemv(w, rows, columns, x, y); });
      }
    }
  }
}

TEST(RangesOfAMatrix, AreRefusedWhereItsSizeCannotBeCounted) {
  const std::size_t half = std::size_t{1} << (std::numeric_limits<std::size_t>::digits / 2);
  ASSERT_EQ(half * half, 0u);  // which an empty range would have
  const f8::tiling tiles = f8::per_tensor(half, half);
  const std::vector<float> in, scales(1);
  std::vector<f8::e4m3> out;
  EXPECT_THROW(f8::quantize(in, out, tiles, scales), std::invalid_argument);
}

TEST(RangesOfAMatrix, MayBeEmpty) {
  const std::vector<float> in, scales, x(5);
  std::vector<f8::e4m3> out;
  std::vector<float> y;
  f8::quantize(in, out, f8::per_tensor(0, 5), scales);
  f8::gemv(out, f8::per_tensor(0, 5), scales, x, y);
  EXPECT_EQ(f8::sum(in), 0.0F);
}

struct convert_to {
  template <class Out>
  auto operator()(Out&& out) const -> decltype(f8::convert(std::vector<float>{}, out)) {}
};

TEST(RangesThatCannotBeWritten, AreNoOutput) {
  static_assert(std::is_invocable_v<convert_to, std::vector<f8::e4m3>&>);
  static_assert(std::is_invocable_v<convert_to, view<f8::e4m3>>);
  static_assert(!std::is_invocable_v<convert_to, const std::vector<f8::e4m3>&>);
  static_assert(!std::is_invocable_v<convert_to, view<const f8::e4m3>>);
  static_assert(!std::is_invocable_v<convert_to, std::vector<int>&>);
}

}  // namespace
