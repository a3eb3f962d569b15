// The numbers that a tensor's elements stand for, whatever their type.
#pragma once

#include <cstdint>
#include <vector>

#include "dtype.hpp"
#include "input_file.hpp"
#include "tensor.hpp"

namespace f8cast {

/// True of all types but complex numbers and those of less than a byte.
bool has_values(const dtype& type);

/// The values of into.size() elements from `first` on, of a tensor whose type has_values(). Exact,
/// but for integers that take more than 53 bits.
void read_values(input_file& file, const tensor& t, std::uint64_t first, std::vector<double>& into);

}  // namespace f8cast
