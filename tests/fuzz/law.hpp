// What holds of every file, whatever its bytes: the readers find tensors in it or refuse it in one
// line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace f8cast_fuzz {

/// Opens a file of that name and these bytes, and aborts where the law is broken.
void open_file(const std::string& name, const std::uint8_t* data, std::size_t size);

/// Opens an index of these bytes, beside one.safetensors with the tensors a and b, and
/// two.safetensors with c. Aborts where it finds others, or the law is broken.
void open_index(const std::uint8_t* data, std::size_t size);

}  // namespace f8cast_fuzz
