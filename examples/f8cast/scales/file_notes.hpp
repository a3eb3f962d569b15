// What a safetensors file's __metadata__ says of quantization.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "checkpoint/model.hpp"
#include "scales/tile_grid.hpp"

namespace f8cast {

/// ComfyUI's _quantization_metadata: the format of each layer, "float8_e4m3fn", empty if it is not
/// said. None where the note is not of that form.
std::optional<std::map<std::string, std::string>> formats_of_layers(const metadata& notes);
/// Takes the layers for which drop() is true out of it, and it with the last.
void drop_layers(metadata& notes, const std::function<bool(const std::string&)>& drop);

/// The format in the JSON of a tensor LAYER.comfy_quant; empty if there is none.
std::string format_in(const std::string& json_text);
/// True for formats whose scales are those that tensors' names tell of.
bool is_plain_format(const std::string& format);

/// The size of a block, as f8cast notes it where shapes leave it open.
std::optional<tile_shape> noted_block(const metadata& notes);
void note_block(metadata& notes, tile_shape block);
void drop_block(metadata& notes);

}  // namespace f8cast
