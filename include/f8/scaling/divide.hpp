// Division by scales, a chunk at a time, with statistics or without.
#ifndef F8_SCALING_DIVIDE_HPP
#define F8_SCALING_DIVIDE_HPP

#include <cstddef>
#include <cstdint>

#include "chunk.hpp"
#include "limits.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_scaled {

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

}  // namespace detail_scaled
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"

#endif
