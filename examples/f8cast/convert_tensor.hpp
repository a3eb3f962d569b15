// One tensor from the input to the output, in memory that does not grow with it.
#pragma once

#include <f8/scale.hpp>

#include "output_file.hpp"
#include "plan.hpp"
#include "progress.hpp"

namespace f8cast {

/// Where it goes, and what was met on the way.
struct conversion_sink {
  output_file& file;
  progress& bar;
  f8::cast_statistics& seen;  ///< of what was quantized
};

void convert_tensor(const job& what, const conversion_sink& into);

}  // namespace f8cast
