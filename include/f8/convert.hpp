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

// In an unnamed namespace, here and in all headers of arrays: each translation unit that calls a
// function has kernels of its own (docs/costs.md says how many bytes), and no linker makes one of
// two that were compiled with different flags. Call them in sources rather than in inline functions
// of headers, which would call another function in each unit.
namespace {

/// out[i] = cast<To>(in[i], how) for every i < n, bit for bit, whatever the CPU and however it is
/// set.
///
/// From and To are any of fp8, float16, bfloat16, float, double and taught types. Any n, any
/// alignment; nothing outside [0, n) is read or written. `out` may start where `in` starts if To is
/// not larger than From; otherwise the arrays may not overlap (checked by assert).
template <class From, class To>
F8_FN inline void convert(const From* in, To* out, std::size_t n, conversion how = {});

/// The same with the kernels of one instruction set, which must be among supported_isas() (checked
/// by assert).
template <class From, class To>
void convert(isa instructions, const From* in, To* out, std::size_t n, conversion how = {});

/// out[i] = cast_stochastic<To>(in[i], r(i), over), where r(i) is a function of (seed, i) alone:
/// word i % 4 of the block i / 4 of Philox 4x32-10 with the key `seed`. To is an fp8 type; arrays
/// as for convert().
template <class From, class To>
void convert_stochastic(const From* in, To* out, std::size_t n, std::uint64_t seed,
                        overflow over = overflow::saturate);
/// The same with the kernels of one instruction set.
template <class From, class To>
void convert_stochastic(isa instructions, const From* in, To* out, std::size_t n,
                        std::uint64_t seed, overflow over = overflow::saturate);

/// convert() of contiguous ranges: vectors, arrays, spans. Throws std::invalid_argument if their
/// sizes differ; without exceptions, calls size_mismatch_handler.
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
  // Fewer take no longer one by one than the call of a kernel takes.
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
