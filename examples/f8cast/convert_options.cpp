#include "convert_options.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "convert_file.hpp"
#include "scaling_options.hpp"

namespace f8cast {
namespace {

struct convert_options {
  std::string input;
  std::string output;
  conversion how;
};

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

const dtype* type_named(const std::string& name) {
  for (const output_type& type : output_types) {
    if (type.name == name) return find_dtype(type.dtype);
  }
  return nullptr;
}

void check(const conversion& how) {
  if (how.scale->has_scales() && !how.to->is_fp8()) {
    throw CLI::ValidationError("--scale", "only e4m3 and e5m2 are written with scales");
  }
}

void add_options(CLI::App& command, convert_options& into) {
  conversion& how = into.how;
  how.to = type_named("e4m3");
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
  add_scaling_options(command, how.scale, how.block);
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
}

}  // namespace

void add_convert(CLI::App& app, command& into) {
  CLI::App& convert =
      *app.add_subcommand("convert", "Write the cast tensors to a .safetensors file");
  const auto options = std::make_shared<convert_options>();
  add_options(convert, *options);
  convert.callback([options, &into] {
    check(options->how);
    into.run = [options](std::ostream& out) {
      convert_file(options->input, options->output, options->how, out);
      return 0;
    };
  });
}

}  // namespace f8cast
