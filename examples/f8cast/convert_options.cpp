#include "convert_options.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <string_view>
#include <vector>

namespace f8cast {
namespace {

struct output_type {
  std::string_view name;
  std::string_view dtype;
};

constexpr output_type output_types[] = {
    {"e4m3", "F8_E4M3"}, {"e5m2", "F8_E5M2"}, {"f32", "F32"}, {"f16", "F16"}, {"bf16", "BF16"},
};

constexpr const char* footer =
    R"(To e4m3 and e5m2 are cast F64, F32, F16 and BF16; to f32, f16 and bf16 also what has 8 bits, with
its scales, which are not written. All other tensors, and those not selected, are copied.
A tensor is a matrix: its first dimension by the product of the others. With scales, only tensors of
two or more dimensions are cast; engines read biases and norms in 16 or 32 bits. The value is always
code * scale. Scales are written, and read by their shape, as

  --scale  tensor          dtype  shape              source
  tensor   NAME_scale      F32    [1]                compressed-tensors, vLLM: strategy "tensor"
  row      NAME_scale      F32    [rows, 1]          compressed-tensors, vLLM: strategy "channel"
  block    NAME_scale_inv  F32    [rows/R, cols/C]   DeepSeek-V3, README_WEIGHTS.md; rounded up
  mx       NAME_scale      U8     [rows, cols/32]    OCP MX 1.0, e8m0's codes; vLLM: "mxfp8"

Read are also F16, BF16 and F8_E8M0, and [] for [1], and [rows] for [rows, 1].
INPUT may be an index (.index.json), or a folder with one: then OUTPUT is a folder that is new, and
gets shards of the same names and their index.)";

std::vector<std::string> type_names() {
  std::vector<std::string> names;
  for (const output_type& type : output_types) names.emplace_back(type.name);
  return names;
}

std::vector<std::string> scaling_names() {
  std::vector<std::string> names;
  for (const scaling& how : scalings()) names.emplace_back(how.name);
  return names;
}

const dtype* type_named(const std::string& name) {
  for (const output_type& type : output_types) {
    if (type.name == name) return find_dtype(type.dtype);
  }
  return nullptr;
}

/// The number that the text is, if it is one from 1 on.
std::optional<std::size_t> to_size(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (!is_number || number == 0) return std::nullopt;
  return number;
}

tile_shape to_tile_shape(const std::string& text) {
  const auto x = text.find('x');
  const auto rows = to_size(std::string_view(text).substr(0, x));
  const auto columns =
      x == std::string::npos ? rows : to_size(std::string_view(text).substr(x + 1));
  if (x == std::string::npos || !rows || !columns) {
    throw CLI::ValidationError("--block", "'" + text + "' is not ROWSxCOLUMNS, as in 128x128");
  }
  return {*rows, *columns};
}

void check(const conversion& how) {
  if (how.scale->has_scales() && !how.to->is_fp8()) {
    throw CLI::ValidationError("--scale", "only e4m3 and e5m2 are written with scales");
  }
}

}  // namespace

void add_convert_options(CLI::App& command, convert_options& into) {
  conversion& how = into.how;
  how.to = type_named("e4m3");
  how.scale = find_scaling("none");
  command.add_option("INPUT", into.input, "A .safetensors or .npy file, or an index of shards")
      ->required();
  command.add_option("-o,--output", into.output, "Where to write; replaced only if all goes well")
      ->required()
      ->type_name("OUTPUT");
  command
      .add_option_function<std::string>(
          "--to", [&how](const std::string& name) { how.to = type_named(name); },
          "e4m3 (the default), e5m2, f32, f16 or bf16")
      ->check(CLI::IsMember(type_names()).description(""))
      ->type_name("TYPE");
  command
      .add_option_function<std::string>(
          "--scale", [&how](const std::string& name) { how.scale = find_scaling(name); },
          "What has a scale of its own: none (the default), tensor, row, block or mx, 32 in a row")
      ->check(CLI::IsMember(scaling_names()).description(""))
      ->type_name("WHAT");
  command
      .add_option_function<std::string>(
          "--block", [&how](const std::string& text) { how.block = to_tile_shape(text); },
          "The size of a block, written or read: 128x128 unless said")
      ->type_name("RxC");
  command
      .add_option("--include", how.names.include,
                  "Cast only tensors whose name matches, as in '*.weight'; may be repeated")
      ->allow_extra_args(false)
      ->type_name("PATTERN");
  command
      .add_option("--exclude", how.names.exclude,
                  "Do not cast tensors whose name matches, as in '*embed*'; may be repeated")
      ->allow_extra_args(false)
      ->type_name("PATTERN");
  command.footer(footer);
  command.callback([&how] { check(how); });
}

}  // namespace f8cast
