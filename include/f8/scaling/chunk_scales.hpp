// The chunks of a matrix, one after the other, and the scale of each element in them.
#ifndef F8_SCALING_CHUNK_SCALES_HPP
#define F8_SCALING_CHUNK_SCALES_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "../core/float_traits.hpp"
#include "../tiling.hpp"
#include "chunk.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_scaled {

/// True for a scale that kernels take. Types other than float are powers of two, which leave no
/// remainder but what is cut off of a subnormal quotient, which is a float.
template <class Scale>
F8_FN constexpr bool is_ordinary(Scale scale) noexcept {
  if constexpr (std::is_same_v<Scale, float>) {
    return kernels::is_ordinary(scale);
  } else {
    return !detail::is_nan<binary32>(float_traits<Scale>::to_bits(scale));
  }
}

/// The scale of each element of a chunk, then ones up to padded(n).
template <class Scale>
class chunk_scales {
 public:
  chunk_scales(const tiling& t, const Scale* scales) noexcept : tile_columns_(t.tile_columns) {
    for (std::size_t i = 0; i < t.size(); ++i)
      all_ordinary_ = all_ordinary_ && is_ordinary(scales[i]);
  }

  F8_FN const float* data() const noexcept { return scales_; }
  /// True if kernels take all of them.
  F8_FN bool ordinary() const noexcept { return ordinary_; }

  /// Those of n elements from a column on, where `row` are the scales of a row of tiles.
  void set(const Scale* row, std::size_t column, std::size_t n) noexcept {
    if (tile_columns_ == 1) return set_each(row + column, n);
    std::size_t tile = column / tile_columns_;
    std::size_t left = tile_columns_ - column % tile_columns_;
    if (left >= n) return set_all(row + tile, n);
    only_ = nullptr;
    ordinary_ = true;
    for (std::size_t i = 0; i < n; ++tile, left = tile_columns_) {
      const std::size_t end = left < n - i ? i + left : n;
      fill(i, end, row[tile]);
      i = end;
    }
    pad(n);
  }

 private:
  F8_FN void pad(std::size_t n) noexcept {
    for (std::size_t i = n; i < padded(n); ++i) scales_[i] = 1;
  }

  /// A scale for each element. One that is out of the ordinary makes all so.
  F8_FN void set_each(const Scale* scales, std::size_t n) noexcept {
    ordinary_ = all_ordinary_;
    for (std::size_t i = 0; i < n; ++i)
      kernels::store<binary32>(scales_, i, float_traits<Scale>::to_bits(scales[i]));
    pad(n);
  }

  /// One scale for a whole chunk, which may be there since the last chunk.
  F8_FN void set_all(const Scale* scale, std::size_t n) noexcept {
    if (scale == only_ && n <= filled_) return;
    only_ = scale;
    filled_ = n;
    ordinary_ = true;
    fill(0, padded(n), *scale);
  }

  /// The scale is written in runs of 8, since one by one it would take as long as the division.
  F8_FN void fill(std::size_t begin, std::size_t end, Scale scale) noexcept {
    ordinary_ = ordinary_ && (all_ordinary_ || is_ordinary(scale));
    const std::uint32_t code = float_traits<Scale>::to_bits(scale);
    const std::uint32_t run[] = {code, code, code, code, code, code, code, code};
    constexpr std::size_t length = sizeof run / sizeof code;
    for (; end - begin >= length; begin += length)
      __builtin_memcpy(scales_ + begin, run, sizeof run);
    for (; begin < end; ++begin) kernels::store<binary32>(scales_, begin, code);
  }

  std::size_t tile_columns_;
  bool all_ordinary_ = true, ordinary_ = true;
  const Scale* only_ = nullptr;  // whose scale is that of the first filled_ elements
  std::size_t filled_ = 0;
  alignas(64) float scales_[chunk];
};

/// Calls use(scales, first, n) for each chunk of a matrix: n elements from number `first` on. A
/// matrix of one tile is a single row.
template <class Scale, class Use>
void over_chunks(tiling t, const Scale* scales, const Use& use) {
  if (t.size() == 1) t = per_tensor(1, t.rows * t.columns);
  chunk_scales<Scale> of_chunk(t, scales);
  for (std::size_t row = 0; row < t.rows; ++row) {
    for (std::size_t column = 0; column < t.columns; column += chunk) {
      const std::size_t n = smaller(chunk, t.columns - column);
      of_chunk.set(scales + t.index(row, 0), column, n);
      use(of_chunk, row * t.columns + column, n);
    }
  }
}

}  // namespace detail_scaled
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"

#endif
