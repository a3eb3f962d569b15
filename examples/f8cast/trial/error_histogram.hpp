// How many values have a relative error of what size.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace f8cast {

struct error_histogram {
  /// The least error that has a binade of its own is 2^-binades.
  static constexpr std::size_t binades = 12;

  std::uint64_t exact = 0;
  std::uint64_t smaller = 0;                       ///< but not exact
  std::array<std::uint64_t, binades> by_binade{};  ///< [k]: from 2^-(k+1) to below 2^-k

  /// An error below 1.
  void add(double error);
  void add(const error_histogram& other);
};

}  // namespace f8cast
