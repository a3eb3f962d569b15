// Arrays of values: converted at the speed of memory, on the CPU that is found at run time.
#ifndef F8_CONVERT_HPP
#define F8_CONVERT_HPP

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "kernels/dispatch.hpp"
#include "types.hpp"

#include "arrays/array.hpp"
#include "arrays/range.hpp"

#include "core/config.hpp"

namespace f8 {

// The functions of this header, and of all others that work on arrays, are in an unnamed namespace.
// So each translation unit that calls one has kernels of its own (docs/costs.md says how many
// bytes), and no linker makes one function of two that were compiled with different flags. Call
// them in sources rather than in inline functions of headers: such an inline function would call
// another function in each unit.
namespace {

/// Converts an array: out[i] = cast<To>(in[i], how) for every i < n, bit for bit, whatever the CPU
/// and however its floating-point unit is set.
///
/// @code
/// const float in[] = {0.3F, 1000, -0.0F};
/// f8::e4m3 out[3];
/// f8::convert(in, out, 3);
/// assert(out[0] == 0.3125F && out[1] == 448 && out[2].to_bits() == 0x80);
/// f8::convert(in, out, 3, f8::overflow::nonfinite);
/// assert(out[1] != out[1]);  // 1000 is NaN, since e4m3 has no infinity
/// @endcode
///
/// From and To are any of fp8, float16, bfloat16, float, double and taught types. What becomes of
/// NaN, infinities, -0 and values too large, `how` says as for cast(): by default values are
/// rounded to nearest even, a NaN stays one and keeps its sign, and infinities and what is too
/// large become the largest finite value.
///
/// Any n and any alignment; nothing outside [0, n) is read or written. `out` may start where `in`
/// starts if To is not larger than From; otherwise the arrays may not overlap (checked by assert).
template <class From, class To>
F8_FN inline void convert(const From* in, To* out, std::size_t n, conversion how = {});

/// convert() with the kernels of one instruction set, which must be among supported_isas() (checked
/// by assert).
template <class From, class To>
void convert(isa instructions, const From* in, To* out, std::size_t n, conversion how = {});

/// Converts an array and rounds at random, up with the probability of the fraction cut off: out[i]
/// = cast_stochastic<To>(in[i], r(i), over) for every i < n.
///
/// @code
/// const std::vector<float> in(1000, 1.03125F);  // a quarter of the way from 1 to 1.125
/// std::vector<f8::e4m3> out(in.size());
/// f8::convert_stochastic(in.data(), out.data(), in.size(), 42);
/// const auto up = std::count(out.begin(), out.end(), f8::e4m3{1.125F});
/// assert(200 < up && up < 300);
/// @endcode
///
/// The random bits r(i) are a function of (seed, i) alone, so that the result does not depend on
/// the CPU: word i % 4 of block i / 4 of Philox 4x32-10 (Salmon et al., SC 2011) with the key
/// `seed`. To is an fp8 type. NaN, infinities, -0 and what is too large are treated as by
/// cast_stochastic(), arrays as by convert().
template <class From, class To>
void convert_stochastic(const From* in, To* out, std::size_t n, std::uint64_t seed,
                        overflow over = overflow::saturate);
/// convert_stochastic() with the kernels of one instruction set.
template <class From, class To>
void convert_stochastic(isa instructions, const From* in, To* out, std::size_t n,
                        std::uint64_t seed, overflow over = overflow::saturate);

/// convert() of contiguous ranges: vectors, arrays, spans.
///
/// @code
/// std::vector<f8::bfloat16> weights(2, f8::bfloat16{3});
/// std::vector<f8::e5m2> codes(weights.size());
/// f8::convert(weights, codes, f8::rounding::toward_zero);
/// assert(codes[1] == 3);
/// @endcode
///
/// Throws std::invalid_argument, which names both sizes, if they differ; without exceptions, calls
/// size_mismatch_handler.
template <class In, class Out, detail::if_converted<In, Out> = 0>
void convert(const In& in, Out&& out, conversion how = {});

/// convert_stochastic() of contiguous ranges, as convert() takes them.
template <class In, class Out, detail::if_converted<In, Out> = 0>
void convert_stochastic(const In& in, Out&& out, std::uint64_t seed,
                        overflow over = overflow::saturate);

// ----------------------------------------------------------------------------------------------
// implementation

template <class From, class To>
F8_FN inline void convert(const From* in, To* out, std::size_t n, conversion how) {
  using source = detail::format_of<From>;
  using target = detail::format_of<To>;
  detail::check_arrays(in, out, n);
  // So few elements take no longer one by one than the call of a kernel takes.
  constexpr std::size_t few = source::width == 8 ? 6 : source::width == 16 ? 11 : 15;
  if (n < few) return kernels::scalar::convert_here<source, target>(in, out, n, how);
  kernels::active<source, target>()(in, out, n, how);
}

template <class From, class To>
void convert(isa instructions, const From* in, To* out, std::size_t n, conversion how) {
  detail::check_arrays(in, out, n);
  assert(supported_isas().contains(instructions));
  kernels::find<detail::format_of<From>, detail::format_of<To>>(instructions)(in, out, n, how);
}

template <class From, class To>
void convert_stochastic(const From* in, To* out, std::size_t n, std::uint64_t seed, overflow over) {
  detail::check_arrays(in, out, n);
  kernels::active_stochastic<detail::format_of<From>, detail::format_of<To>>()(in, out, n, seed, 0,
                                                                               over);
}

template <class From, class To>
void convert_stochastic(isa instructions, const From* in, To* out, std::size_t n,
                        std::uint64_t seed, overflow over) {
  detail::check_arrays(in, out, n);
  assert(supported_isas().contains(instructions));
  kernels::find_stochastic<detail::format_of<From>, detail::format_of<To>>(instructions)(
      in, out, n, seed, 0, over);
}

template <class In, class Out, detail::if_converted<In, Out>>
void convert(const In& in, Out&& out, conversion how) {
  detail::check_sizes("in", detail::size_of(in), "out", detail::size_of(out));
  convert(detail::data_of(in), detail::data_of(out), detail::size_of(in), how);
}

template <class In, class Out, detail::if_converted<In, Out>>
void convert_stochastic(const In& in, Out&& out, std::uint64_t seed, overflow over) {
  detail::check_sizes("in", detail::size_of(in), "out", detail::size_of(out));
  convert_stochastic(detail::data_of(in), detail::data_of(out), detail::size_of(in), seed, over);
}

}  // namespace
}  // namespace f8

#include "core/undef.hpp"

#endif
