// Scaled conversion, a chunk at a time: what the caches hold is read once and written once.
#ifndef F8_SCALING_SCALED_HPP
#define F8_SCALING_SCALED_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "../kernels/dispatch.hpp"
#include "../tiling.hpp"
#include "measure.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_scaled {

// ------------------------------------------------------------------------------------------------
// chunks of a matrix

/// The scale of each element of a chunk, then ones up to padded(n).
template <class Scale>
class chunk_scales {
 public:
  chunk_scales(const tiling& t, const Scale* scales) noexcept : tile_columns_(t.tile_columns) {
    for (std::size_t i = 0; i < t.size(); ++i)
      all_ordinary_ = all_ordinary_ && kernels::is_ordinary(scales[i]);
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
    ordinary_ = ordinary_ && (all_ordinary_ || kernels::is_ordinary(scale));
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

// ------------------------------------------------------------------------------------------------
// statistics

/// Which magnitudes become zero, and which are too large, when they are rounded to Target.
template <class Target>
class limits {
 public:
  /// True if what would have the code after the largest finite one is beyond the floats.
  static constexpr bool reaches_the_end = detail::decode<binary32, Target>(Target::max_finite) +
                                              (binary32::hidden_bit >> Target::trailing_bits) >
                                          binary32::max_finite;

  explicit limits(rounding round) noexcept : rounder_{{round, overflow::nonfinite}} {
    for (const std::uint32_t negative : {0u, 1u}) {
      first_kept_[negative] = least_kept(negative);
      first_too_large_[negative] = least_too_large(negative);
    }
  }

  std::uint32_t first_too_large() const noexcept { return first_too_large_[0]; }
  std::uint32_t first_kept() const noexcept { return first_kept_[0]; }
  /// True if these are the limits of both signs.
  bool symmetric() const noexcept {
    return first_too_large_[0] == first_too_large_[1] && first_kept_[0] == first_kept_[1];
  }

  /// True if what is too large, and nothing else, becomes the code after the largest finite one
  /// where it does not saturate: not if it is rounded towards zero, nor in fnuz formats, whose NaN
  /// has no sign.
  bool marked() const noexcept {
    bool result = symmetric();
    for (const std::uint32_t negative : {0u, 1u}) {
      const std::uint32_t x = first_too_large();
      result = result && magnitude_of(x, negative) == Target::max_finite + 1 &&
               magnitude_of(x - 1, negative) == Target::max_finite;
    }
    return result;
  }

  /// Counts n quotients, given as floats that were rounded to odd.
  template <class Statistics>
  void count(const float* quotients, std::size_t n, Statistics& into) const {
    std::uint64_t nan = 0, large = 0, lost = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t code = kernels::load<binary32>(quotients, i);
      const std::uint32_t magnitude = code & binary32::magnitude_mask, negative = code >> 31;
      nan += magnitude > binary32::infinity ? 1 : 0;
      large += magnitude >= first_too_large_[negative] ? 1 : 0;
      lost += magnitude - 1 < first_kept_[negative] - 1 ? 1 : 0;
    }
    into.nan += nan;
    into.saturated += large - nan;
    into.underflowed += lost;
  }

 private:
  static constexpr std::uint32_t largest_finite =
      detail::decode<binary32, Target>(Target::max_finite);
  static constexpr std::uint32_t least = detail::decode<binary32, Target>(1);
  static constexpr int places = binary32::trailing_bits - Target::trailing_bits;
  static constexpr std::uint32_t half = std::uint32_t{1} << (places - 1);

  /// What a magnitude becomes, without sign.
  std::uint32_t magnitude_of(std::uint32_t x, std::uint32_t negative) const noexcept {
    const std::uint32_t code = x | negative << (binary32::width - 1);
    return detail::recode<Target, binary32>(code, rounder_) & Target::magnitude_mask;
  }

  /// The least magnitude that does not round to zero: anything, more than half of the least code's
  /// value or from there on, or that value.
  std::uint32_t least_kept(std::uint32_t negative) const noexcept {
    // Up to 2^-126 the codes of floats count units of one size, so that half of a value has half of
    // its code. Half of a larger value lies one binade below.
    constexpr std::uint32_t half_of_least =
        least <= binary32::hidden_bit ? least / 2 : least - binary32::hidden_bit;
    for (const std::uint32_t x : {1u, half_of_least, half_of_least + 1}) {
      if (magnitude_of(x, negative) != 0) return x;
    }
    return least;
  }

  /// The least magnitude that rounds beyond the largest finite one, were there codes: what is next
  /// to it, the middle or what is next to that, or what would have the next code. The last float
  /// stands for what is beyond the floats.
  std::uint32_t least_too_large(std::uint32_t negative) const noexcept {
    constexpr std::uint32_t last = largest_finite >> places;
    for (const std::uint32_t x :
         {largest_finite + 1, largest_finite + half, largest_finite + half + 1}) {
      if ((x + rounder_.increment(negative, half, x >> places)) >> places > last) return x;
    }
    return reaches_the_end ? binary32::max_finite : largest_finite + 2 * half;
  }

  detail::directed rounder_;
  std::uint32_t first_kept_[2], first_too_large_[2];
};

// ------------------------------------------------------------------------------------------------
// division and multiplication

template <class Source, class Target>
class divider {
 public:
  /// `counts`: whether divide() will be asked for statistics.
  divider(isa x, conversion how, bool counts) noexcept
      : kernels_(kernels::find_scaling(x)),
        encode_(kernels::find<binary32, Target>(x)),
        how_(how),
        limits_(how.round),
        marks_(counts && how.over != overflow::saturate_finite && limits_.marked()),
        reader_(x) {}

  template <class Scales, class Statistics>
  void divide(const void* in, void* out, std::size_t n, const Scales& scales, Statistics* seen) {
    const bool by_kernel = has_kernel && kernels_ != nullptr && scales.ordinary();
    std::uint32_t largest = 0;
    if (by_kernel) {
      largest = kernels_->divide(reader_.read(in, n), scales.data(), quotients_, padded(n));
    } else {
      kernels::scalar::divide<Source>(in, scales.data(), quotients_, n);
    }
    if (seen == nullptr) {
      encode_(quotients_, out, n, how_);
    } else if (by_kernel && largest <= binary32::infinity) {
      encode_and_add(largest, out, n, *seen);
    } else {
      add_slowly(in, n, *seen);
      encode_(quotients_, out, n, how_);
    }
  }

 private:
  /// (What is beyond the floats, kernels do not tell from the largest.)
  static constexpr bool has_kernel =
      Source::width <= 32 && kernels::scales_by_kernel<Target> && !limits<Target>::reaches_the_end;

  /// Encodes a chunk without NaN. What is beyond the limits becomes a code at an end of the format,
  /// and codes are quicker to look at than quotients. If they can, they tell what is too large from
  /// the largest finite value, and saturate once that is counted: in a block that is scaled to its
  /// largest magnitude, one element is that value.
  template <class Statistics>
  void encode_and_add(std::uint32_t largest, void* out, std::size_t n, Statistics& seen) const {
    constexpr unsigned char last = Target::max_finite;
    seen.values += n;
    raise(seen.absmax, detail::decode<binary64, binary32>(largest));
    encode_(quotients_, out, n, marks_ ? conversion{how_.round, overflow::nonfinite} : how_);
    const kernels::ends_met met = kernels_->find_ends(out, n, marks_ ? last + 1 : last);
    if (!limits_.symmetric()) {
      if (met.last || met.zero) limits_.count(quotients_, n, seen);
      return;
    }
    const auto quotients_between = [&](std::uint32_t first, std::uint32_t end) {
      return first == end ? 0 : kernels_->count_between(quotients_, padded(n), first, end - 1);
    };
    // The NaN of fnuz formats, which infinities may become, is 0 without its sign.
    const bool may_be_nan = !Target::has_negative_zero && how_.over != overflow::saturate;
    if (met.last || (met.zero && may_be_nan)) {
      const bool saturates = how_.over == overflow::saturate;
      seen.saturated += marks_ ? kernels_->take_marks(out, n, last, saturates ? 1 : 0)
                               : quotients_between(limits_.first_too_large(), binary32::first_nan);
    }
    if (met.zero) seen.underflowed += quotients_between(1, limits_.first_kept());
  }

  /// Adds what is in `in`. This comes before `out` is written, which may be where `in` is.
  template <class Statistics>
  void add_slowly(const void* in, std::size_t n, Statistics& seen) const {
    seen.values += n;
    limits_.count(quotients_, n, seen);
    const auto largest = kernels::scalar::largest<Source>(in, n, false);
    raise(seen.absmax, kernels::scalar::widened<Source>(largest));
  }

  static void raise(double& absmax, std::uint64_t code) noexcept {
    const auto x = detail::bit_cast<double>(code);
    absmax = x > absmax ? x : absmax;
  }

  const scaling_kernels* kernels_;
  kernels::kernel encode_;
  conversion how_;
  limits<Target> limits_;
  bool marks_;
  float_reader<Source> reader_;
  alignas(64) float quotients_[chunk];
};

template <class Source, class Target>
class multiplier {
 public:
  multiplier(isa x, conversion how) noexcept
      : kernels_(kernels::find_scaling(x)),
        encode_(kernels::find<binary32, Target>(x)),
        how_(how),
        reader_(x) {}

  template <class Scales>
  void multiply(const void* in, void* out, std::size_t n, const Scales& scales) {
    const bool ordinary = kernels_ != nullptr && scales.ordinary();
    if (has_float_products && ordinary && is_usual()) {
      multiply_floats(in, out, n, scales.data());
    } else if (has_odd_products && ordinary) {
      kernels_->multiply_to_odd(reader_.read(in, n), scales.data(), products_, padded(n));
      encode_(products_, out, n, how_);
    } else {
      kernels::scalar::multiply<Source, Target>(in, scales.data(), out, n, how_);
    }
  }

 private:
  /// Products rounded to odd as floats round right again, and none is so small that its error could
  /// be lost.
  static constexpr bool has_odd_products =
      Target::width < 32 && Source::width == 8 && kernels::scales_by_kernel<Source>;

  /// The hardware keeps the payload of a float that is NaN, which the scalar core does not; what
  /// was widened has none.
  static constexpr bool has_float_products =
      std::is_same_v<Target, binary32> && Source::width <= 16;

  /// True if floats are rounded as the hardware rounds them.
  bool is_usual() const noexcept {
    return how_.round == rounding::nearest_even && how_.over == overflow::nonfinite &&
           how_.nan == nan_code::quiet;
  }

  void multiply_floats(const void* in, void* out, std::size_t n, const float* scales) {
    const bool whole = n == padded(n);
    kernels_->multiply(reader_.read(in, n), scales, whole ? out : products_, padded(n));
    if (!whole) __builtin_memcpy(out, products_, n * sizeof(float));
  }

  const scaling_kernels* kernels_;
  kernels::kernel encode_;
  conversion how_;
  float_reader<Source> reader_;
  alignas(64) float products_[chunk];
};

}  // namespace detail_scaled
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"

#endif
