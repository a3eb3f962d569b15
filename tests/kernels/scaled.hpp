// What scaled conversion is given, and what exact arithmetic says that it becomes.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <type_traits>
#include <vector>

#include "f8/scale.hpp"
#include "kernels/sample.hpp"
#include "reference/scaled.hpp"

namespace kernel_test {

using reference::number;
using reference::number_of;

/// quantize() or dequantize() between two types, with scales that are given as codes of float.
struct operation {
  using function = void (*)(f8::isa, const void* in, void* out, const f8::tiling&,
                            const float* scales, f8::conversion, f8::cast_statistics*);
  format from;
  format to;
  function run;
  number (*exact)(const number& x, const number& scale);
  number (*inverse)(const number& result, const number& scale);
  bool counts;  ///< whether it fills in the statistics
};

/// f(scales), where they are of the type that is wanted. Codes of e8m0 are those of the powers of
/// two without the fraction's bits.
template <class Scale, class Function>
void with_scales(const float* codes, std::size_t n, Function f) {
  if constexpr (std::is_same_v<Scale, float>) {
    f(codes);
  } else {
    std::vector<f8::e8m0> scales;
    for (std::size_t i = 0; i < n; ++i) {
      scales.push_back(f8::e8m0::from_bits(reference::code_of(codes[i]) >> 23 & 0xFF));
    }
    f(scales.data());
  }
}

template <class From, class To, class Scale = float>
operation quantization() {
  return {reference::format_of<From>,
          reference::format_of<To>,
          [](f8::isa x, const void* in, void* out, const f8::tiling& tiles, const float* scales,
             f8::conversion how, f8::cast_statistics* seen) {
            with_scales<Scale>(scales, tiles.size(), [&](const auto* s) {
              f8::quantize(x, static_cast<const From*>(in), static_cast<To*>(out), tiles, s, how,
                           seen);
            });
          },
          reference::quotient,
          reference::product,
          true};
}

template <class From, class To, class Scale = float>
operation dequantization() {
  return {reference::format_of<From>,
          reference::format_of<To>,
          [](f8::isa x, const void* in, void* out, const f8::tiling& tiles, const float* scales,
             f8::conversion how, f8::cast_statistics*) {
            with_scales<Scale>(scales, tiles.size(), [&](const auto* s) {
              f8::dequantize(x, static_cast<const From*>(in), static_cast<To*>(out), tiles, s, how);
            });
          },
          reference::product,
          reference::quotient,
          false};
}

inline number scale_number(std::uint64_t code) {
  return reference::decode(reference::binary32, code);
}

/// Codes of scales that are positive and normal, the ends of what kernels divide by among them.
inline std::vector<std::uint64_t> plain_scales() {
  std::vector<std::uint64_t> codes{0x3F800000, 0x3F800001, 0x3FFFFFFF, 0x40400000, 0x3DCCCCCD,
                                   0x3EAAAAAB, 0x43E00000, 0x47600000, 0x7F7FFFFF, 0x7F000000,
                                   0x21800000, 0x21800001, 0x3A83126F, 0x52800003, 0x2EDBE6FF};
  std::minstd_rand random(7);
  for (int i = 0; i < (is_emulated() ? 2 : 12); ++i) {
    codes.push_back(0x3C000000 + (random() & 0x07FFFFFF));
  }
  return codes;
}

/// All others: tiny, subnormal, negative, zero, infinite, NaN.
inline std::vector<std::uint64_t> odd_scales() {
  std::vector<std::uint64_t> codes{0x217FFFFF, 0x10000001, 0x08000001, 0x00FFFFFF, 0x00800000,
                                   0x007FFFFF, 0x00400000, 0x00000001, 0x00000000, 0x3F333333,
                                   0x7F800000, 0x7F800001, 0x7FFFFFFF};
  for (std::size_t i = 0, n = codes.size(); i < n; ++i) codes.push_back(codes[i] | 0x80000000);
  return codes;
}

inline std::vector<std::uint64_t> all_scales() {
  std::vector<std::uint64_t> codes = plain_scales();
  for (const std::uint64_t code : odd_scales()) codes.push_back(code);
  return codes;
}

/// Those that e8m0 has: 2^-127, which is a subnormal float, to 2^127, and NaN.
inline std::vector<std::uint64_t> powers_of_two() {
  std::vector<std::uint64_t> codes{0x00400000, 0x7FC00000};
  for (std::uint64_t field = 1; field < 255; ++field) {
    const bool near_an_end = field < 4 || field > 251;
    if (near_an_end || field % (is_emulated() ? 23 : 7) == 0) codes.push_back(field << 23);
  }
  return codes;
}

/// The points where a rounding to f may change: of 8 bits all codes' values and the midpoints
/// between them, past the largest; of other formats some.
inline std::vector<reference::magnitude> boundaries(const format& f) {
  const format fine = reference::refined(f, 1);
  const std::uint64_t end = 2 * (f.max_finite + 3);
  std::vector<reference::magnitude> points;
  std::mt19937_64 random(3);
  const bool all = reference::width(f) == 8 && !is_emulated();
  const std::uint64_t count = all ? end : 80;
  for (std::uint64_t i = 0; i < count; ++i) {
    points.push_back(reference::size_of_code(fine, all          ? i
                                                   : i < 6      ? i
                                                   : i < 16     ? end - i + 5
                                                   : i % 2 == 0 ? random() % end
                                                                : random() % end | 1));
  }
  return points;
}

/// Zeros, subnormal numbers, the largest and smallest normal ones, infinities, NaNs.
inline std::vector<std::uint64_t> special_inputs(const format& f) {
  const std::uint64_t hidden = std::uint64_t{1} << f.trailing_bits;
  std::vector<std::uint64_t> codes{0,
                                   1,
                                   2,
                                   hidden - 1,
                                   hidden,
                                   hidden + 1,
                                   f.max_finite - 1,
                                   f.max_finite,
                                   reference::all_ones(f)};
  if (reference::has_infinity(f)) {
    codes.push_back(f.infinity);
    codes.push_back(f.infinity + 1);
    codes.push_back(f.quiet_nan);
  }
  return codes;
}

/// What lies about each boundary of the result, from 1 unit in the last place before it to 2
/// beyond, of both signs; behind a chunk or more of that, special inputs. NaNs are in the middle:
/// what is in a chunk with one is counted in another way, and neither the smallest results nor the
/// largest are. Of 8 bits all codes.
inline std::vector<std::uint64_t> inputs_about(const operation& op, std::uint64_t scale) {
  std::vector<std::uint64_t> codes;
  const auto append = [&](std::uint64_t code) {
    codes.push_back(code);
    codes.push_back(code | reference::sign_bit(op.from));
  };
  if (reference::width(op.from) == 8) {
    for (std::uint64_t x = 0; x < 128; ++x) append(x);
    return codes;
  }
  for (const reference::magnitude& point : boundaries(op.to)) {
    const number x = op.inverse({reference::kind::finite, false, point}, scale_number(scale));
    const std::uint64_t below = reference::encode(op.from, x, {reference::rounding::toward_zero}) &
                                reference::all_ones(op.from);
    for (std::uint64_t i = 0; i < 4; ++i) {
      if (below + i > 0) append((below + i - 1) & reference::all_ones(op.from));
    }
  }
  std::vector<std::uint64_t> nans;
  for (const std::uint64_t x : special_inputs(op.from)) {
    if (reference::is_nan(op.from, x)) {
      nans.insert(nans.end(), {x, x | reference::sign_bit(op.from)});
    } else {
      append(x);
    }
  }
  codes.insert(codes.begin() + static_cast<std::ptrdiff_t>(codes.size() / 2), nans.begin(),
               nans.end());
  return codes;
}

/// The largest magnitude among codes, as a code; NaNs count for nothing.
inline std::uint64_t largest_of(const format& f, const std::vector<std::uint64_t>& codes,
                                bool finite) {
  std::uint64_t largest = 0;
  for (const std::uint64_t x : codes) {
    if (reference::is_nan(f, x) || (finite && reference::is_infinite(f, x))) continue;
    largest = std::max(largest, reference::magnitude_code(f, x));
  }
  return largest;
}

/// A matrix with its scales, and the exact results.
class scaled_sample {
 public:
  scaled_sample(const operation& op, const f8::tiling& tiles,
                const std::vector<std::uint64_t>& inputs, const std::vector<std::uint64_t>& scales)
      : op_(op), tiles_(tiles), absmax_(largest_of(op.from, inputs, false)) {
    for (const std::uint64_t code : scales) {
      scale_codes_.push_back(code);
      scales_.push_back(reference::from_bits<float>(static_cast<std::uint32_t>(code)));
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      in_.push_back(inputs[i]);
      exact_.push_back(op.exact(reference::decode(op.from, inputs[i]), scale_number(scale_of(i))));
    }
  }

  /// One scale for all.
  scaled_sample(const operation& op, const std::vector<std::uint64_t>& inputs, std::uint64_t scale)
      : scaled_sample(op, f8::per_tensor(1, inputs.size()), inputs, {scale}) {}

  /// True if the kernels of every instruction set round the exact results, and count them, as `how`
  /// says.
  testing::AssertionResult agrees(f8::conversion how) const {
    reference::policy policy = reference::to_reference(how);
    // A double has all quotients' and products' values but infinity: it is no narrower than they
    // are.
    if (reference::width(op_.to) == 64) policy.over = reference::overflow::nonfinite;
    code_array expected(op_.to);
    reference::counts counts;
    for (const number& x : exact_) {
      expected.push_back(reference::encode(op_.to, x, policy));
      if (reference::width(op_.to) == 8) counts.add(op_.to, x, policy.round);
    }
    for (const f8::isa kernels : f8::supported_isas()) {
      for (const bool with_counts : {false, true}) {
        const auto result = agrees(kernels, how, expected, with_counts ? &counts : nullptr);
        if (!result) return result;
      }
    }
    return testing::AssertionSuccess();
  }

 private:
  std::uint64_t scale_of(std::size_t i) const {
    return scale_codes_[tiles_.index(i / tiles_.columns, i % tiles_.columns)];
  }

  /// `counts` are what is to be counted, or null.
  testing::AssertionResult agrees(f8::isa kernels, f8::conversion how, const code_array& expected,
                                  const reference::counts* counts) const {
    code_array out(op_.to, in_.size());
    f8::cast_statistics seen;
    op_.run(kernels, in_.data(), out.data(), tiles_, scales_.data(), how, counts ? &seen : nullptr);
    for (std::size_t i = 0; i < in_.size(); ++i) {
      if (out[i] == expected[i]) continue;
      return testing::AssertionFailure()
             << f8::to_string(kernels) << ", element " << i << " of " << in_.size() << ", scale "
             << reference::describe(reference::binary32, scale_of(i)) << ": "
             << reference::describe(op_.from, op_.to, reference::to_reference(how),
                                    {in_[i], expected[i], out[i]});
    }
    if (!counts || !op_.counts || is_right(seen, *counts)) return testing::AssertionSuccess();
    return testing::AssertionFailure()
           << f8::to_string(kernels) << ", scale "
           << reference::describe(reference::binary32, scale_codes_[0]) << ", "
           << reference::describe(reference::to_reference(how)) << ": counted " << seen.values
           << ", " << seen.saturated << " saturated, " << seen.underflowed << " underflowed, "
           << seen.nan << " NaN, absmax " << seen.absmax << " instead of " << counts->values << ", "
           << counts->saturated << ", " << counts->underflowed << ", " << counts->nan << ", "
           << reference::value_text(op_.from, absmax_);
  }

  bool is_right(const f8::cast_statistics& seen, const reference::counts& counts) const {
    const number absmax = number_of(seen.absmax);
    const number expected = reference::decode(op_.from, absmax_);
    return reference::counts{seen.values, seen.saturated, seen.underflowed, seen.nan} == counts &&
           absmax.what == expected.what && absmax.size == expected.size;
  }

  operation op_;
  f8::tiling tiles_;
  std::uint64_t absmax_;
  code_array in_{op_.from};
  std::vector<std::uint64_t> scale_codes_;
  std::vector<float> scales_;
  std::vector<number> exact_;
};

}  // namespace kernel_test
