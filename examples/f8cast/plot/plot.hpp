// A cast drawn on the number line of its format: the values before, and the codes after.
#pragma once

#include <string>

#include "plot/bars.hpp"
#include "trial/summary.hpp"
#include "types/format.hpp"

namespace f8cast {

struct plot_data {
  std::string title;
  std::string subtitle;
  value_histogram before;  ///< of what was rounded
  summary after;
  bool is_scaled;  ///< before: values over their scales
};

/// An SVG file.
std::string draw(const plot_data& data, const format& to);

}  // namespace f8cast
