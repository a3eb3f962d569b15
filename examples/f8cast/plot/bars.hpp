// Values, and the codes that they became, as bars on the number line of a format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "plot/number_line.hpp"
#include "trial/summary.hpp"

namespace f8cast {

/// The values whose magnitudes lie from `begin` on, up to `end`; not `end` itself.
struct bin {
  bool negative;
  double begin, end;
  std::uint64_t count;
};

/// Each binade has 8 bins of the same width, on either side of zero.
class value_histogram {
 public:
  /// All but NaN.
  void add(const std::vector<double>& values);

  std::uint64_t zeros() const { return zeros_; }

  /// The bins that are not empty, that of the zeros left out. That of the infinities begins at
  /// infinity.
  std::vector<bin> bins() const;

 private:
  void add(double x);

  // The index of a bin is a double's sign, exponent, and first three bits of its fraction.
  std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(1 << (1 + 11 + 3));
  std::uint64_t zeros_ = 0;
};

struct bar {
  bool negative;
  double begin, end;  ///< magnitudes
  std::uint64_t count;
  std::string hint;

  double per_binade() const;
};

struct bars {
  std::vector<bar> each;
  std::uint64_t in_the_middle = 0;  ///< zeros, and what is too small for the line
  std::uint64_t at_the_left = 0;    ///< negative, from the magnitude `ends_from` on
  std::uint64_t at_the_right = 0;
  double ends_from = 0;
};

/// On a line of magnitudes from `least` to `most`, powers of two.
bars bars_of(const value_histogram& values, double least, double most);

/// Each code's bar goes half the way to its neighbours, over what was rounded to it. The ends are
/// the largest codes, with all that saturated.
bars bars_of(const summary& codes, const landmarks& of);

}  // namespace f8cast
