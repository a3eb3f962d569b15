// f8cast report: what casting would do to the values of a file.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "checkpoint/name_filter.hpp"
#include "scales/scaling.hpp"
#include "types/dtype.hpp"

namespace f8cast {

struct report_options {
  std::optional<std::string> input;  ///< none: the weights shipped with f8cast
  const dtype* to = find_output_dtype("e4m3");
  const scaling* how = find_scaling("none");
  std::optional<tile_shape> block;
  bool ignore_scales = false;
  name_filter names;  ///< of the tensors that are cast
  bool compare = false;
  std::string plot;  ///< empty: none
};

void report_on(const report_options& options, std::ostream& out);

}  // namespace f8cast
