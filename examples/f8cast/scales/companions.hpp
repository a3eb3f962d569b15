// What names say of quantization: which tensors are scales, and of which codes. Files have no other
// word for it. NAME is a tensor's name, LAYER the same without ".weight".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace f8cast {

/// The names under which the scales of codes are known, each meaning what codes are multiplied by:
///   NAME_scale_inv      DeepSeek V3, Qwen3
///   NAME_scale          compressed-tensors, ModelOpt
///   LAYER.scale         DeepSeek V4
///   LAYER.scale_weight  ComfyUI until November 2025, musubi tuner
std::vector<std::string> names_of_scales(const std::string& codes);

/// A tensor that another may belong to, and what is then added to its name.
struct possible_owner {
  std::string name;
  std::string addition;
};

/// The tensors that a tensor of that name may belong to, the likeliest first.
std::vector<possible_owner> possible_owners(const std::string& name);

/// True if the name speaks of scales, zero points or the like, as a part of quantization or not.
bool mentions_scales(std::string_view name);

/// True for names that do so of integers alone: "zero" of HQQ, "biases" of MLX.
bool decodes_integers(std::string_view name);

/// True for what is added to a layer's name for numbers that scale something else than its weights:
/// "input_scale", "k_scale", "scale_input".
bool scales_activations(std::string_view addition);

/// True for names that only engines give, to numbers beside weights: "weight_scale", "k_scale",
/// "weight_global_scale", "weight_zero_point", "scales".
bool is_engines_number(std::string_view name);

/// True for names that say that a tensor of integers holds smaller codes.
bool names_packed_codes(std::string_view name);

/// "scaled_fp8", which ComfyUI wrote into files with scales until November 2025.
bool is_file_marker(std::string_view name);

/// "LAYER.comfy_quant": JSON that says how the layer is quantized, which ComfyUI writes since.
std::string name_of_description(const std::string& codes);
/// The layer that such a tensor describes; empty if it is none.
std::string described_layer(std::string_view name);

/// LAYER, if the name is "LAYER.weight"; otherwise the name.
std::string layer_of(const std::string& name);

}  // namespace f8cast
