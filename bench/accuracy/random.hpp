// Random numbers: functions of the seed alone, which the standard's distributions are not.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>

#include "matrix.hpp"

namespace accuracy {

class random_numbers {
 public:
  explicit random_numbers(std::uint64_t seed) : bits_(seed) {}

  /// Of 0 to n - 1; the bias for small n is of no account.
  Index below(Index n) { return static_cast<Index>(bits_() >> 8) % n; }

  /// Uniform in [-limit, limit), by 2^-23 of the limit.
  float within(float limit) {
    return limit * (static_cast<float>(bits_() >> 40) * 0x1p-23f - 1.0f);
  }

  /// Uniform, with the standard deviation.
  Matrix matrix(Index rows, Index columns, float deviation) {
    Matrix result(rows, columns);
    for (float& x : result.reshaped()) x = within(deviation * std::sqrt(3.0f));
    return result;
  }

 private:
  std::mt19937_64 bits_;
};

}  // namespace accuracy
