// The header of a safetensors file as JSON, before anything is made of it.
#pragma once

#include <cstdint>
#include <string>

#include "input_file.hpp"

namespace f8cast {

/// Where the header begins: behind its length.
constexpr std::uint64_t header_begin = 8;

/// Throws file_error unless the file begins with the length of a header and a JSON object of that
/// length, as check_object() wants it.
std::string read_json_header(const input_file& file);

}  // namespace f8cast
