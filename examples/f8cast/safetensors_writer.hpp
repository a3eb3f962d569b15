#pragma once

#include <string>
#include <vector>

#include "model.hpp"

namespace f8cast {

/// A safetensors file up to its data, for tensors that follow each other in this order. Of a tensor
/// its name, type, shape and bytes count.
std::string safetensors_header(const std::vector<tensor*>& tensors, const metadata& notes);

}  // namespace f8cast
