// The numbers that a tensor's elements stand for, whatever their type.
#pragma once

#include <cstddef>
#include <cstdint>

#include "checkpoint/tensor.hpp"
#include "system/input_file.hpp"
#include "types/dtype.hpp"

namespace f8cast {

/// True of all types but complex numbers and those of less than a byte.
bool has_values(const dtype& type);

/// The values of n elements from `first` on, of a tensor whose type has_values(). Exact, but for
/// integers that take more than 53 bits.
void read_values(const input_file& file, const tensor& t, std::uint64_t first, double* into,
                 std::size_t n);

}  // namespace f8cast
