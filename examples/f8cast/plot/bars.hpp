// Values, and the codes that they became, as bars on the number line of a format.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plot/landmarks.hpp"
#include "plot/value_histogram.hpp"
#include "trial/summary.hpp"

namespace f8cast {

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
