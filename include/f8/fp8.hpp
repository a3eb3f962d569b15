// The 8-bit floating-point types.
#ifndef F8_FP8_HPP
#define F8_FP8_HPP

#include <type_traits>

#include "format.hpp"
#include "policy.hpp"

#include "core/value.hpp"

#include "core/config.hpp"

namespace f8 {

/// A floating-point value of one byte: 1 sign bit, E exponent bits, M trailing significand bits.
///
/// Storage, conversion and order, with float's arithmetic: the one implicit conversion is the exact
/// one to float, so `x + y` is a float, NaN is unordered and -0 == +0. Conversion *to* fp8 is
/// explicit, rounds to nearest even and saturates: values too large and infinities become +-max
/// finite; NaN stays NaN. `cast` has every other policy.
///
/// Trivially copyable, standard layout, one byte. `e4m3 x{}` is zero; `e4m3 x;` is uninitialized,
/// as a float is.
template <int E, int M,
          special_values S = (E == 4 && M == 3 ? special_values::fn : special_values::ieee),
          int Bias = detail::default_bias<E, M, S>>
class fp8
    : public detail::value<fp8<E, M, S, Bias>, binary_format<E, M, S, Bias>, overflow::saturate> {
  static_assert(1 + E + M == 8, "one sign bit, E exponent bits and M significand bits make 8");
  static_assert(E >= 2 && M >= 1, "at least 2 exponent bits and 1 trailing significand bit");
  static_assert(detail::decodes_directly<binary32, binary_format<E, M, S, Bias>>,
                "every value must be a normal float, or 0, Inf or NaN");

 public:
  using detail::value<fp8, binary_format<E, M, S, Bias>, overflow::saturate>::value;

  /// Uninitialized, as a float is; fp8{} is +0.
  fp8() = default;

  /// The value nearest to x, ties to even, saturating; NaN stays NaN and keeps its sign.
  template <class From, detail::enable_if_converts<From, fp8> = 0>
  F8_FN explicit constexpr fp8(From x) noexcept : fp8::value(x, detail::constructor_tag{}) {}
};

/// An fp8 is a source and a target of every conversion.
template <int E, int M, special_values S, int Bias>
struct float_traits<fp8<E, M, S, Bias>>
    : detail::value_traits<fp8<E, M, S, Bias>, binary_format<E, M, S, Bias>> {};

/// True for every fp8<...>, const and volatile ones too. False for float16, bfloat16 and e8m0, and
/// for references.
template <class T>
struct is_fp8 : std::false_type {};
template <int E, int M, special_values S, int Bias>
struct is_fp8<fp8<E, M, S, Bias>> : std::true_type {};
template <class T>
struct is_fp8<const T> : is_fp8<T> {};
template <class T>
struct is_fp8<volatile T> : is_fp8<T> {};
template <class T>
struct is_fp8<const volatile T> : is_fp8<T> {};
/// is_fp8<T>::value.
template <class T>
inline constexpr bool is_fp8_v = is_fp8<T>::value;

using e4m3 =
    fp8<4, 3>;  ///< the paper's and OCP's E4M3: no infinities, max 448 (LLVM: Float8E4M3FN)
using e5m2 = fp8<5, 2>;  ///< the paper's and OCP's E5M2: IEEE, max 57344 (LLVM: Float8E5M2)
using e4m3fn = e4m3;     ///< e4m3 by ml_dtypes' and LLVM's letters
using e4m3_ieee = fp8<4, 3, special_values::ieee>;  ///< max 240 (LLVM: Float8E4M3)
using e3m4 = fp8<3, 4>;                             ///< max 15.5 (LLVM: Float8E3M4)
using e4m3fnuz = fp8<4, 3, special_values::fnuz>;   ///< bias 8, max 240 (LLVM: Float8E4M3FNUZ)
using e5m2fnuz = fp8<5, 2, special_values::fnuz>;   ///< bias 16, max 57344 (LLVM: Float8E5M2FNUZ)
using e4m3b11fnuz = fp8<4, 3, special_values::fnuz, 11>;  ///< max 30 (LLVM: Float8E4M3B11FNUZ)

}  // namespace f8

#include "core/undef.hpp"

#endif
