// The header of a safetensors file as JSON, before anything is made of it.
#pragma once

#include <cstdint>
#include <vector>

#include "checkpoint/stored_name.hpp"
#include "system/input_file.hpp"

namespace f8cast {

constexpr std::uint64_t longest_header = 100'000'000;  ///< as in the reference implementation

/// Behind the header's length, up to the data. Throws file_error if the file cannot have so long a
/// header.
byte_range range_of_header(const input_file& file);

/// Throws file_error unless there is a JSON object, as check_object() wants it. Returns its names.
std::vector<stored_name> check_json_header(const input_file& file, byte_range header);

}  // namespace f8cast
