// One tensor from the input to the output, in memory that does not grow with it.
#pragma once

#include <f8/scale.hpp>

#include "convert/losses.hpp"
#include "convert/plan.hpp"
#include "system/output_file.hpp"
#include "system/progress.hpp"

namespace f8cast {

/// Where it goes.
struct conversion_sink {
  output_file& file;
  progress& bar;
  losses& lost;  ///< all but what saturated
};

/// Says what quantizing it met, if it was quantized.
f8::cast_statistics convert_tensor(const job& what, const conversion_sink& into);

}  // namespace f8cast
