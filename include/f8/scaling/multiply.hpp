// Multiplication by scales, a chunk at a time.
#ifndef F8_SCALING_MULTIPLY_HPP
#define F8_SCALING_MULTIPLY_HPP

#include <cstddef>
#include <type_traits>

#include "chunk.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_scaled {

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
