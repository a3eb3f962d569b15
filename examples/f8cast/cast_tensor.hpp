// What casting does to the values of one tensor, a piece at a time.
#pragma once

#include "input_file.hpp"
#include "summary.hpp"
#include "target.hpp"
#include "tensor.hpp"

namespace f8cast {

/// Casts a tensor that is_cast(), to nearest even and saturating.
summary cast_tensor(const input_file& file, const tensor& t, target to);

}  // namespace f8cast
