// How a conversion decides what the formats leave open: rounding, overflow, and the code of a NaN.
#ifndef F8_POLICY_HPP
#define F8_POLICY_HPP

#include <cstdint>
#include <type_traits>

#include "core/config.hpp"

namespace f8 {

/// Which of the two neighbours stands for a value between them (IEEE 754-2019, 4.3).
enum class rounding : std::uint8_t {
  nearest_even,  ///< the nearer one; the even one of a tie
  nearest_away,  ///< the nearer one; the larger magnitude of a tie
  toward_zero,   ///< the smaller magnitude: cuts off
  upward,        ///< the larger value
  downward,      ///< the smaller value
  to_odd,        ///< the one whose last bit is 1, so that a second rounding is still exact; never
                 ///< overflows to Inf
};

/// What a value becomes that is too large *after* rounding, and what an infinity becomes.
///
/// Under `nonfinite` the directed roundings overflow as IEEE 754 says: to the largest finite value
/// wherever they round towards zero.
enum class overflow : std::uint8_t {
  saturate,         ///< both become the largest finite value (OCP OFP8's saturating mode)
  saturate_finite,  ///< too large becomes the largest finite value; Inf stays Inf, or becomes NaN
                    ///< where there is none
  nonfinite,  ///< both become Inf, or NaN where there is none (OCP OFP8's non-saturating mode)
};

/// Which code a NaN input becomes. (A NaN made by overflow keeps its sign. fnuz formats have one
/// NaN only.)
enum class nan_code : std::uint8_t {
  quiet,      ///< sign kept, the format's quiet NaN: e4m3 7F or FF, e5m2 7E or FE
  all_ones,   ///< sign kept, every other bit 1
  canonical,  ///< sign dropped, every other bit 1
};

namespace detail {

/// The kinds of enumerators that a conversion is made from.
template <class... Kind>
struct policy_kinds {
  template <class T, class... Given>
  static constexpr int count = (0 + ... + (std::is_same_v<T, Given> ? 1 : 0));

  /// True if each of Given is of one of these kinds, and no kind comes twice.
  template <class... Given>
  static constexpr bool combine = (... && (count<Given, Kind...> == 1)) &&
                                  (... && (count<Given, Given...> == 1));
};
using policies = policy_kinds<rounding, overflow, nan_code>;

}  // namespace detail

/// How to convert: made from any of the enumerators above, each kind once at most, in any order:
///
///     conversion how = overflow::nonfinite;
///     how = {overflow::nonfinite, nan_code::canonical};
///     how = rounding::toward_zero | overflow::nonfinite;
///
/// Two of a kind do not compile; a conversion with one changed is `how | rounding::upward`.
struct conversion {
  rounding round = rounding::nearest_even;  ///< comes first
  overflow over = overflow::saturate;       ///< is decided after rounding
  nan_code nan = nan_code::quiet;           ///< of NaN sources: every NaN stays one

  /// To nearest even, saturating, quiet NaN, but for what is given.
  template <class... Policy, std::enable_if_t<detail::policies::combine<Policy...>, int> = 0>
  F8_FN constexpr conversion(Policy... given) noexcept {
    (set(given), ...);
  }

  /// `how`, but for what is given.
  template <class Policy, std::enable_if_t<detail::policies::combine<Policy>, int> = 0>
  F8_FN friend constexpr conversion operator|(conversion how, Policy given) noexcept {
    how.set(given);
    return how;
  }

 private:
  F8_FN constexpr void set(rounding x) noexcept { round = x; }
  F8_FN constexpr void set(overflow x) noexcept { over = x; }
  F8_FN constexpr void set(nan_code x) noexcept { nan = x; }
};

/// The conversion made from both, which are of two kinds; more follow by `|`.
template <class A, class B, std::enable_if_t<detail::policies::combine<A, B>, int> = 0>
F8_FN constexpr conversion operator|(A a, B b) noexcept {
  return {a, b};
}

/// What other software and hardware does, to match it bit for bit.
namespace stack {

/// OCP OFP8's saturating mode: too large and Inf become the largest finite value.
inline constexpr conversion ofp8_saturating{rounding::nearest_even, overflow::saturate};
/// OCP OFP8's non-saturating mode: both become Inf, or NaN in e4m3.
inline constexpr conversion ofp8_nonsaturating{rounding::nearest_even, overflow::nonfinite};

/// cuda_fp8.h's __NV_SATFINITE: as ofp8_saturating, but every NaN is 7F.
inline constexpr conversion cuda_satfinite{rounding::nearest_even, overflow::saturate,
                                           nan_code::canonical};
/// cuda_fp8.h's __NV_NOSAT: as ofp8_nonsaturating, but a NaN source is 7F.
inline constexpr conversion cuda_nosat{rounding::nearest_even, overflow::nonfinite,
                                       nan_code::canonical};

/// ml_dtypes' casts (NumPy, JAX, TensorFlow): too large becomes Inf, or NaN where there is none.
inline constexpr conversion ml_dtypes{rounding::nearest_even, overflow::nonfinite};
/// ml_dtypes' casts with kSaturate: too large becomes the largest finite value; Inf stays Inf, or
/// becomes NaN.
inline constexpr conversion ml_dtypes_saturate{rounding::nearest_even, overflow::saturate_finite};

/// PyTorch's casts until March 2026: as ml_dtypes, but NaN is all ones below its sign.
inline constexpr conversion pytorch{rounding::nearest_even, overflow::nonfinite,
                                    nan_code::all_ones};

/// Universal's microfloat, saturating.
inline constexpr conversion universal_saturating{rounding::nearest_even, overflow::saturate};

/// ONNX Cast with saturate=1 to e4m3 and e5m2.
inline constexpr conversion onnx_saturate{rounding::nearest_even, overflow::saturate};
/// ONNX Cast with saturate=1 to the fnuz formats, where Inf becomes NaN.
inline constexpr conversion onnx_saturate_fnuz{rounding::nearest_even, overflow::saturate_finite};

/// RISC-V Zvfofp8min's `.sat` conversions. Other rounding modes of `frm`: `riscv_saturating |
/// rounding::upward`, and so on.
inline constexpr conversion riscv_saturating{rounding::nearest_even, overflow::saturate,
                                             nan_code::canonical};

}  // namespace stack
}  // namespace f8

#include "core/undef.hpp"

#endif
