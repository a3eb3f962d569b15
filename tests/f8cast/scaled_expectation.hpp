// What scaling does to the values of a matrix, in plain double arithmetic: shares no code with
// f8cast or with the library.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "expectation.hpp"

namespace f8cast_test {

/// The least normal float whose product with the format's largest value is not below absmax; 1 for
/// 0. The products are exact in double: 3 bits by 24.
double float_scale(double absmax, const format& to);

/// The code nearest to x / scale; of two as near, the even one. x is on the far side of a midpoint
/// if it is beyond midpoint * scale, which is exact in double: 5 bits by 24.
unsigned expected_code(double x, double scale, const format& to);

/// A scaling by what f8cast calls it, and the side of its tiles; 0 for the matrix's own.
struct tiles {
  std::string name;
  std::size_t rows = 0;
  std::size_t columns = 0;
  bool is_mx = false;
};

struct matrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;
};

struct scaled_expectation {
  std::vector<double> codes;  ///< the values of the codes, sorted
  std::size_t scales = 0;     ///< how many there are
  std::uint64_t values = 0;
  std::uint64_t saturated = 0;
  std::uint64_t to_zero = 0;
  double relative = 0;    ///< largest error in percent, of what neither saturated nor became zero
  double difference = 0;  ///< largest |y - x|
  double largest = 0;     ///< |x|
  double signal = 0;
  double noise = 0;

  double snr_db() const;
};

/// To fp8; to integers from -127 to 127 where there is no format. All values are finite.
scaled_expectation expect_of(const matrix& m, const tiles& how, const format* to);

}  // namespace f8cast_test
