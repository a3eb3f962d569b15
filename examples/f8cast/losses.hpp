// What has no number any more after a conversion, and whose it was.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <f8/math.hpp>
#include <iosfwd>
#include <map>
#include <string>
#include <utility>

#include "model.hpp"

namespace f8cast {

/// Of one tensor.
struct losses {
  std::uint64_t saturated = 0;  ///< without scales that would have kept them from it
  std::uint64_t infinite = 0;   ///< values that became so
  std::uint64_t nan = 0;        ///< the same
  std::uint64_t scales = 0;     ///< that are infinite or NaN

  bool any() const { return saturated > 0 || infinite > 0 || nan > 0 || scales > 0; }

  /// That in[i] became out[i].
  template <class In, class Out>
  void add_values(const In* in, const Out* out, std::size_t n) {
    using std::isfinite, std::isinf, std::isnan;
    for (std::size_t i = 0; i < n; ++i) {
      if (isfinite(out[i])) continue;
      if (isinf(out[i]) && isfinite(in[i])) ++infinite;
      if (isnan(out[i]) && !isnan(in[i])) ++nan;
    }
  }

  template <class Scale>
  void add_scales(const Scale* these, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      if (!std::isfinite(static_cast<float>(these[i]))) ++scales;
    }
  }
};

/// Of all tensors, with the names of those that come first: there may be millions.
class loss_report {
 public:
  /// In any order.
  void add(const located& of, const losses& what);
  /// A line for each; nothing where nothing was lost.
  void print(std::ostream& out) const;

 private:
  using place_in_input = std::pair<std::string, std::uint64_t>;  // file, offset

  static constexpr std::size_t most_lines = 20;

  std::map<place_in_input, std::string> lines_;
  std::uint64_t tensors_ = 0;
};

}  // namespace f8cast
