// What f8cast has to say of a tensor, in plain double arithmetic: shares no code with f8cast or
// with the library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace f8cast_test {

/// A format by its widths: how its 256 codes are read.
struct format {
  std::string name;
  std::string dtype;
  int exponent_bits;
  int bias;
  unsigned largest_code;  ///< of a finite value; the next code would be the next value

  double value(unsigned code) const;
};

extern const format e4m3;
extern const format e5m2;

struct expectation {
  std::vector<std::uint8_t> codes;  ///< FF for a NaN, whatever its sign and payload
  double largest = 0;
  std::uint64_t saturated = 0;
  std::uint64_t to_zero = 0;
  std::uint64_t nans = 0;
  double snr_db = 0;
  double error = 0;            ///< largest relative, in percent
  std::vector<double> sorted;  ///< what became of all but NaN

  double quantile(double fraction) const;
};

/// That many values between -500 and 500.
std::vector<float> wave(std::size_t n);

expectation expect_of(const std::vector<double>& values, const format& to);

}  // namespace f8cast_test
