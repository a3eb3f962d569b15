// Eigen matrices of fp8, from Eigen 3.4 on.
//
// A coefficient behaves as the scalar does: it is storage, and arithmetic is float's. So
//
//     Eigen::Matrix<f8::e4m3, Eigen::Dynamic, Eigen::Dynamic> a, b;  // or a Map of bytes
//     Eigen::MatrixXf c = a * b;                      // added in float; b may be a float matrix
//     Eigen::MatrixXf d = a + 2 * b;                  // sums, products with scalars: of floats
//     a = (a * b).cast<f8::e4m3>();                   // rounded once, at the end
//     const float s = a.cast<float>().squaredNorm();  // what has one operand: after the cast
//
// Eigen chooses the order of a product's sum by the CPU; f8::gemv has one order everywhere.
// Conversion to fp8 is `cast`, as for scalars explicit, nearest-even and saturating; from fp8 to
// float it may be left out. Sum, negation and what else takes one matrix to numbers of its own type
// do not compile for fp8.
#ifndef F8_INTEROP_EIGEN_HPP
#define F8_INTEROP_EIGEN_HPP

#include <Eigen/Core>
#include <type_traits>

#include "../types.hpp"

namespace f8 {

// Eigen's 16-bit types are sources and targets as ours are: one rounding, from their own bits.
template <>
struct float_traits<Eigen::half> : detail::bits_traits<Eigen::half, binary16> {};
template <>
struct float_traits<Eigen::bfloat16> : detail::bits_traits<Eigen::bfloat16, bfloat16_format> {};

namespace detail {

/// What Eigen's operators of two numbers give where one is fp8.
struct gives_float {
  using ReturnType = float;
};

template <class... T>
inline constexpr bool are_fp8_or_float = (... && (is_fp8_v<T> || std::is_same_v<T, float>));

/// True if A * B is a product of matrices of fp8 and fp8, or of fp8 and float.
template <class A, class B, class = void>
inline constexpr bool is_fp8_product = false;
template <class A, class B>
inline constexpr bool is_fp8_product<
    A, B,
    std::enable_if_t<std::is_base_of_v<Eigen::MatrixBase<A>, A> &&
                     std::is_base_of_v<Eigen::MatrixBase<B>, B> &&
                     (is_fp8_v<typename A::Scalar> || is_fp8_v<typename B::Scalar>)>> =
    are_fp8_or_float<typename A::Scalar, typename B::Scalar>;

}  // namespace detail

/// The product of the matrices' floats. Preferred to Eigen's own operator, which adds in the
/// operands' type.
template <class A, class B, std::enable_if_t<detail::is_fp8_product<A, B>, int> = 0>
auto operator*(const A& a, const B& b) {
  return a.template cast<float>() * b.template cast<float>();
}

}  // namespace f8

namespace Eigen {

template <int E, int M, f8::special_values S, int Bias>
struct NumTraits<f8::fp8<E, M, S, Bias>> : GenericNumTraits<f8::fp8<E, M, S, Bias>> {
  using Literal = float;  // 2 * matrix: what a number is taken for that stands beside a matrix
  enum { RequireInitialization = 0 };
};

template <int E, int M, f8::special_values S, int Bias, class Operator>
struct ScalarBinaryOpTraits<f8::fp8<E, M, S, Bias>, float, Operator> : f8::detail::gives_float {};
template <int E, int M, f8::special_values S, int Bias, class Operator>
struct ScalarBinaryOpTraits<float, f8::fp8<E, M, S, Bias>, Operator> : f8::detail::gives_float {};
template <int E, int M, f8::special_values S, int Bias, class Operator>
struct ScalarBinaryOpTraits<f8::fp8<E, M, S, Bias>, f8::fp8<E, M, S, Bias>, Operator>
    : f8::detail::gives_float {};
template <int E, int M, f8::special_values S, int Bias, int E2, int M2, f8::special_values S2,
          int Bias2, class Operator>
struct ScalarBinaryOpTraits<f8::fp8<E, M, S, Bias>, f8::fp8<E2, M2, S2, Bias2>, Operator>
    : f8::detail::gives_float {};

}  // namespace Eigen

#endif
