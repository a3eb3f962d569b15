// Casting one tensor, a piece at a time.
#pragma once

#include <cstddef>
#include <functional>

#include "input_file.hpp"
#include "summary.hpp"
#include "target.hpp"
#include "tensor.hpp"

namespace f8cast {

/// Is given bytes one piece after the other.
using byte_sink = std::function<void(const void* bytes, std::size_t n)>;

/// Casts a tensor that is_cast(), to nearest even and saturating, and passes its codes to `sink`.
summary cast_tensor(input_file& file, const tensor& t, target to, const byte_sink& sink);

/// Passes the bytes of a tensor to `sink` as they are.
void copy_tensor(input_file& file, const tensor& t, const byte_sink& sink);

}  // namespace f8cast
