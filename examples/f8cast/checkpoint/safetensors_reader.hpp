// The safetensors format: 8 bytes, the header's length, little-endian; the header, a JSON object
// from each tensor's name to its dtype, shape and data_offsets, which count from the header's end;
// then the data, without holes.
#pragma once

#include "checkpoint/model.hpp"

namespace f8cast {

/// Fills in what the header of `into.file` says, in the order of the tensors' data. Throws
/// file_error unless every byte of the data belongs to exactly one tensor, of just the size that
/// its dtype and shape take.
void read_safetensors_header(model& into);

}  // namespace f8cast
