// Layouts of quantized checkpoints, as other programs write them: each is read to the exact values,
// or refused. The expected values come from the layouts' definitions, in plain arithmetic.
#include <cmath>
#include <functional>
#include <numeric>

#include "harness.hpp"
#include "read_back.hpp"
#include "stored.hpp"

namespace f8cast_test {
namespace {

using shape_t = std::vector<std::size_t>;
using nlohmann::json;

std::size_t product(const shape_t& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

/// Codes of e4m3 that all are 1, so that what is read is the scale.
stored ones(const std::string& name, const shape_t& shape) {
  return {name, "F8_E4M3", shape, std::string(product(shape), '\x38')};
}

/// Scales that all differ and are powers of two, as what type holds them does not matter then.
struct scale_values {
  std::string name;
  std::string dtype;
  shape_t shape;

  int exponent(std::size_t i) const { return static_cast<int>(i % 200) - 100; }
  stored as_tensor() const {
    std::string bytes;
    for (std::size_t i = 0; i < product(shape); ++i) {
      const auto field = static_cast<unsigned>(exponent(i) + 127);
      if (dtype == "F32") bytes += little_endian(field << 23, 4);
      if (dtype == "BF16") bytes += little_endian(field << 7, 2);
      if (dtype == "U8" || dtype == "F8_E8M0") bytes += static_cast<char>(field);
    }
    return {name, dtype, shape, bytes};
  }
};

class layouts : public f8cast {
 protected:
  contents converted(const std::vector<stored>& tensors, const words& arguments) const {
    write("in", file_of(tensors));
    return converted_file(arguments);
  }
  contents converted_file(const words& arguments) const {
    words all{"convert", "in", "-o", "out"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const outcome conversion = run(all);
    EXPECT_EQ(conversion.status, 0) << conversion.err;
    return conversion.status == 0 ? read_safetensors(path("out")) : contents{json::object(), ""};
  }
  /// The one line that says why.
  std::string refusal(const std::vector<stored>& tensors, const words& arguments) const {
    write("in", file_of(tensors));
    words all{"convert", "in", "-o", "out"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const outcome result = run(all);
    EXPECT_EQ(result.status, 1);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(files(), words{"in"});
    EXPECT_EQ(result.err.find('\n'), result.err.size() - 1) << result.err;
    return result.err;
  }
};

/// A tensor of ones, its scales, and which of these belongs to which element.
struct layout {
  std::string codes;
  shape_t shape;
  scale_values scales;
  std::function<std::size_t(std::size_t)> scale_of;
};

/// r / height * across + c / width, in a matrix of that many columns.
std::function<std::size_t(std::size_t)> in_tiles(std::size_t columns, std::size_t height,
                                                 std::size_t width) {
  return [=](std::size_t i) {
    const std::size_t across = (columns + width - 1) / width;
    return i / columns / height * across + i % columns / width;
  };
}

const std::vector<layout>& known_layouts() {
  static const std::vector<layout> known{
      // DeepSeek V3, with and without the ends that its tiles cut
      {"q.weight", {256, 384}, {"q.weight_scale_inv", "F32", {2, 3}}, in_tiles(384, 128, 128)},
      {"q.weight", {130, 129}, {"q.weight_scale_inv", "F32", {2, 2}}, in_tiles(129, 128, 128)},
      {"q.weight", {130, 300}, {"q.weight_scale_inv", "BF16", {2, 3}}, in_tiles(300, 128, 128)},
      // DeepSeek V4, and its 4.1
      {"l.wq.weight", {256, 128}, {"l.wq.scale", "F8_E8M0", {2, 1}}, in_tiles(128, 128, 128)},
      {"l.wq.weight", {256, 128}, {"l.wq.scale", "F32", {2, 1}}, in_tiles(128, 128, 128)},
      {"l.wq.weight", {64, 96}, {"l.wq.scale", "F8_E8M0", {2, 3}}, in_tiles(96, 32, 32)},
      // compressed-tensors: tensor, channel, block, mxfp8
      {"q.weight", {4, 8}, {"q.weight_scale", "F32", {1}}, in_tiles(8, 4, 8)},
      {"q.weight", {4, 8}, {"q.weight_scale", "BF16", {4, 1}}, in_tiles(8, 1, 8)},
      {"q.weight", {4, 8}, {"q.weight_scale", "F32", {4}}, in_tiles(8, 1, 8)},
      {"q.weight", {4, 8}, {"q.weight_scale", "F32", {1, 8}}, in_tiles(8, 4, 1)},
      {"q.weight", {2, 64}, {"q.weight_scale", "U8", {2, 2}}, in_tiles(64, 1, 32)},
      {"q.weight", {2, 48}, {"q.weight_scale", "U8", {2, 2}}, in_tiles(48, 1, 32)},
      {"q.weight", {256, 256}, {"q.weight_scale", "F32", {2, 1, 2, 1}}, in_tiles(256, 128, 128)},
      // ComfyUI until November 2025; musubi tuner
      {"b.q.weight", {4, 4}, {"b.q.scale_weight", "F32", {}}, in_tiles(4, 4, 4)},
      {"q.weight", {2, 128}, {"q.scale_weight", "F32", {2, 2, 1}}, in_tiles(128, 1, 64)},
      {"q.weight", {2, 192}, {"q.scale_weight", "F32", {2, 3, 1}}, in_tiles(192, 1, 64)},
      // a layer's experts, one matrix after the other
      {"e.up", {2, 256, 128}, {"e.up_scale_inv", "F32", {2, 2, 1}}, in_tiles(128, 128, 128)},
      {"e.up",
       {2, 130, 40},
       {"e.up_scale_inv", "F32", {2, 2, 1}},
       [](std::size_t i) { return i / (130 * 40) * 2 + i / 40 % 130 / 128; }},
      {"e.w.weight", {2, 4, 8}, {"e.w.weight_scale", "F32", {2, 4, 1}}, in_tiles(8, 1, 8)},
      {"e.w.weight", {2, 4, 8}, {"e.w.weight_scale", "F32", {2, 4}}, in_tiles(8, 1, 8)},
      {"e.w.weight",
       {2, 4, 8},
       {"e.w.weight_scale", "F32", {2, 1, 8}},
       [](std::size_t i) { return i / 32 * 8 + i % 8; }},
      {"e.w.weight",
       {2, 4, 8},
       {"e.w.weight_scale", "F32", {1, 4, 1}},
       [](std::size_t i) { return i / 8 % 4; }},
      {"e.w", {2, 4, 8}, {"e.w_scale_inv", "F32", {2, 1, 1}}, in_tiles(32, 1, 32)},
      {"e.w", {2, 4, 8}, {"e.w_scale_inv", "F32", {2}}, in_tiles(32, 1, 32)},
      {"e.w.weight", {2, 3, 64}, {"e.w.weight_scale", "U8", {2, 3, 2}}, in_tiles(64, 1, 32)},
      // a convolution, by output channel
      {"c.weight", {3, 2, 5, 5}, {"c.weight_scale", "F32", {3, 1, 1, 1}}, in_tiles(50, 1, 50)},
      {"c.weight", {3, 2, 5, 5}, {"c.weight_scale", "F32", {3, 1}}, in_tiles(50, 1, 50)},
  };
  return known;
}

TEST_F(layouts, are_read_to_the_exact_values) {
  for (const layout& l : known_layouts()) {
    SCOPED_TRACE(l.scales.name + ' ' + json(l.shape).dump() + ' ' + json(l.scales.shape).dump());
    const contents out = converted({ones(l.codes, l.shape), l.scales.as_tensor()}, {"--to", "f32"});
    ASSERT_EQ(out.header.size(), 1U) << "the scales are used up";
    ASSERT_TRUE(out.header.contains(l.codes));
    EXPECT_EQ(out.header[l.codes]["shape"], json(l.shape));
    const std::vector<double> values = floats_in(out.data_of(l.codes));
    ASSERT_EQ(values.size(), product(l.shape));
    for (std::size_t i = 0; i < values.size(); ++i) {
      ASSERT_EQ(values[i], std::ldexp(1.0, l.scales.exponent(l.scale_of(i)))) << i;
    }
  }
}

/// What convert makes of a layout is what diff reads of it, and info says that it has scales. Codes
/// that are quantized again are these very values: report finds their largest.
TEST_F(layouts, mean_the_same_to_every_command) {
  for (const layout& l : known_layouts()) {
    SCOPED_TRACE(l.scales.name + ' ' + json(l.shape).dump() + ' ' + json(l.scales.shape).dump());
    converted({ones(l.codes, l.shape), l.scales.as_tensor()}, {"--to", "f32"});
    const outcome difference = run({"diff", "in", "out"});
    EXPECT_EQ(difference.status, 1) << difference.err;  // the types differ
    EXPECT_EQ(row_of(l.codes, difference.out).at(3), "0") << difference.out;
    EXPECT_TRUE(row_of(l.scales.name, difference.out).empty()) << difference.out;

    const outcome info = run({"info", "in"});
    EXPECT_EQ(info.out.find("not understood"), std::string::npos) << info.out;
    EXPECT_EQ(row_of(l.codes, info.out).size() > 6, true) << info.out;

    const outcome report = run({"report", "in", "--to", "e5m2", "--scale", "none"});
    const words row = row_of(l.codes, report.out);
    ASSERT_GT(row.size(), static_cast<std::size_t>(largest)) << report.out;
    double most = 0;
    for (const double x : floats_in(read_safetensors(path("out")).data_of(l.codes))) {
      most = std::max(most, x);
    }
    expect_close(row[largest], most);
    EXPECT_EQ(row_of(l.scales.name, report.out).at(2), "not") << "scales are not cast";
  }
}

// ----------------------------------------------------------------------------- what is refused

/// Names that say that they scale something, in ways that no rule knows.
TEST_F(layouts, with_unknown_scales_are_refused_and_read_as_they_are_if_asked) {
  for (const std::string name :
       {"q.weight_rescaler_scale", "q.rescale", "q.weight.scale", "q.scales", "q_scale",
        "q.SCALE_x", "q.weight_scale_2", "q.weight_global_scale", "q.weight_zero_point",
        "q.weight.absmax", "q.SCB", "q.weightScale", "q.weights_scaling_factor", "q.weight_amax",
        "q.weight:scale"}) {
    SCOPED_TRACE(name);
    const std::vector<stored> tensors{ones("q.weight", {2, 2}),
                                      {name, "F32", {1}, bytes_of<float>({2})}};
    for (const words& how :
         {words{"--to", "f32"}, words{"--scale", "row"}, words{"--to", "e5m2"}}) {
      const bool may_be_ignored = how[1] == "f32";
      EXPECT_EQ(refusal(tensors, how),
                "f8cast: in: tensor 'q.weight': has '" + name +
                    "' beside it, which is not understood" +
                    (may_be_ignored ? " (--ignore-scales takes codes as they are)\n" : "\n"));
    }
    EXPECT_EQ(run({"diff", "in", "in"}).status, 0) << "equal bytes need no understanding";
    EXPECT_NE(run({"info", "in"}).out.find("not understood"), std::string::npos);
    EXPECT_EQ(run({"report", "in", "--scale", "row"}).status, 1);

    EXPECT_EQ(converted_file({}).data_of("q.weight"), tensors[0].data) << "copied with what it has";
    std::filesystem::remove(path("out"));
    const outcome ignored = run({"convert", "in", "-o", "out", "--to", "f32", "--ignore-scales"});
    EXPECT_EQ(ignored.err, "f8cast: in: tensor 'q.weight': ignored: has '" + name +
                               "' beside it, which is not understood\n");
    const contents out = read_safetensors(path("out"));
    EXPECT_EQ(floats_in(out.data_of("q.weight")), std::vector<double>(4, 1));
    EXPECT_EQ(out.data_of(name), tensors[1].data);
    std::filesystem::remove(path("out"));
  }
}

/// Numbers of other layers, or for activations, say nothing about the codes.
TEST_F(layouts, take_no_other_layers_scales_for_their_own) {
  const std::vector<stored> others{
      {"q.input_scale", "F32", {}, bytes_of<float>({0.3F})},
      {"q.scale_input", "F32", {1}, bytes_of<float>({0.3F})},
      {"q.k_scale", "F32", {1}, bytes_of<float>({0.3F})},
      {"q.norm.scale", "F32", {2}, bytes_of<float>({0.25F, 3})},
      {"qq.weight_scale", "F32", {1}, bytes_of<float>({0.3F})},
      {"q.bias", "F32", {2}, bytes_of<float>({1, 2})},
      {"q.bias_scale", "F32", {1}, bytes_of<float>({0.3F})},
  };
  for (const stored& other : others) {
    SCOPED_TRACE(other.name);
    std::vector<stored> tensors{ones("q.weight", {2, 2}), other};
    if (other.name == "q.bias_scale") tensors.push_back(others[5]);
    const contents out = converted(tensors, {"--to", "f32"});
    EXPECT_EQ(floats_in(out.data_of("q.weight")), std::vector<double>(4, 1));
    EXPECT_EQ(out.data_of(other.name), other.data);
    std::filesystem::remove(path("out"));
    tensors.push_back({"q.weight_scale", "F32", {1}, bytes_of<float>({2})});
    const contents scaled = converted(tensors, {"--to", "f32"});
    EXPECT_EQ(floats_in(scaled.data_of("q.weight")), std::vector<double>(4, 2));
    EXPECT_EQ(scaled.data_of(other.name), other.data) << "stays where the codes' own scales go";
    EXPECT_FALSE(scaled.header.contains("q.weight_scale"));
    std::filesystem::remove(path("out"));
  }
}

TEST_F(layouts, of_packed_codes_are_refused_and_copied_if_asked) {
  const stored scales{"l.weight_scale", "U8", {1, 2}, "xx"};
  const std::vector<std::pair<stored, stored>> packed{
      {{"l.weight_packed", "U8", {1, 32}, std::string(32, 'p')}, scales},
      {{"l.weight", "U8", {1, 32}, std::string(32, 'p')}, scales},
      {{"l.weight", "I8", {1, 32}, std::string(32, 'p')}, {"l.scale", "F8_E8M0", {1, 2}, "xx"}},
      {{"l.weight", "I8", {1, 32}, std::string(32, 'p')},
       {"l.weight_scale", "F32", {1}, bytes_of<float>({2})}},
      {{"m.down_blocks", "U8", {1, 2, 1, 16}, std::string(32, 'p')},
       {"m.down_scales", "U8", {1, 2, 1}, "xx"}},
      {{"l.weight", "F4", {1, 64}, std::string(32, 'p')},
       {"l.weight_scale", "F8_E8M0", {1, 2}, "xx"}},
      {{"l.weight", "F6_E2M3", {1, 4}, "ppp"}, {"l.weight_scale", "F8_E8M0", {1}, "x"}},
      {{"l.qweight", "I32", {1, 8}, std::string(32, 'p')}, {"l.scales", "F16", {1, 1}, "xx"}},
      {{"l.weight", "U8", {32, 1}, std::string(32, 'p')},
       {"l.weight.absmax", "F32", {1}, bytes_of<float>({2})}},
      // whose scales are not there
      {{"l.weight_packed", "U8", {1, 32}, std::string(32, 'p')}, {"l.bias", "U8", {1}, "x"}},
      {{"l.weight", "F4", {1, 64}, std::string(32, 'p')}, {"l.bias", "U8", {1}, "x"}},
  };
  for (const auto& [codes, beside] : packed) {
    SCOPED_TRACE(codes.name + ' ' + codes.dtype + ' ' + beside.name);
    const std::string line = refusal({codes, beside}, {"--to", "bf16"});
    EXPECT_EQ(line.rfind("f8cast: in: tensor '" + codes.name + "': packed codes (", 0), 0U) << line;
    for (const words& how : {words{"--to", "bf16", "--ignore-scales"}, words{"--scale", "row"},
                             words{"--to", "bf16", "--exclude", codes.name}}) {
      const contents out = converted_file(how);
      EXPECT_EQ(out.data_of(codes.name), codes.data);
      EXPECT_EQ(out.data_of(beside.name), beside.data);
      EXPECT_EQ(out.header[codes.name]["dtype"], codes.dtype);
      std::filesystem::remove(path("out"));
    }
  }
}

/// Integers beside which nothing speaks of scales are what they are.
TEST_F(layouts, do_not_make_codes_of_plain_integers) {
  const stored ids{"ids", "U8", {4}, "abcd"};
  EXPECT_EQ(converted({ids, {"n.weight", "F32", {1}, "xxxx"}}, {"--to", "bf16"}).data_of("ids"),
            "abcd");
}

// ------------------------------------------------------------------- what is not to be touched

TEST_F(layouts, keep_the_numbers_beside_weights_as_they_are) {
  const std::string bytes = bytes_of<float>({0.0321F});
  const std::string four = bytes_of<float>({0.1F, 0.2F, 0.3F, 0.4F});
  const std::vector<stored> kept{
      {"a.k_scale", "F32", {1}, bytes},           {"a.v_scale", "F32", {}, bytes},
      {"a.input_scale", "F32", {1, 1}, bytes},    {"a.weight_scale_2", "F32", {}, bytes},
      {"a.global_scale", "F32", {1}, bytes},      {"a.weight_zero_point", "F32", {4}, four},
      {"a.weight_scale", "F32", {2, 2}, four},    {"a.some_scale", "F32", {1}, bytes},
      {"a.scales", "F32", {2, 2}, four},          {"a.input_global_scale", "F32", {1}, bytes},
      {"a.weight_scale_inv", "F32", {2, 2}, four}};
  std::vector<stored> tensors = kept;
  tensors.push_back({"n.scale", "F32", {4}, four});  // a norm's own weights
  tensors.push_back({"n.layer_scale", "F32", {2, 2}, four});
  for (const words& how : {words{"--to", "bf16"}, words{"--to", "e4m3"}, words{"--scale", "row"}}) {
    const contents out = converted(tensors, how);
    for (const stored& t : kept) {
      EXPECT_EQ(out.header[t.name]["dtype"], "F32") << t.name;
      EXPECT_EQ(out.data_of(t.name), t.data) << t.name;
    }
    EXPECT_NE(out.header["n.layer_scale"]["dtype"], "F32");
    std::filesystem::remove(path("out"));
  }
  EXPECT_EQ(row_of("a.k_scale", run({"report", "in"}).out), (words{"F32", "1", "not", "cast"}));
}

/// A file with ComfyUI's words about two layers.
std::vector<stored> comfy_layers() {
  const std::string format = R"({"format": "float8_e4m3fn"})";
  const stored scale{"", "F32", {}, bytes_of<float>({0.5F})};
  std::vector<stored> tensors;
  for (const std::string layer : {"b.q", "b.k"}) {
    tensors.push_back(ones(layer + ".weight", {4, 4}));
    tensors.push_back({layer + ".weight_scale", scale.dtype, scale.shape, scale.data});
    tensors.push_back({layer + ".comfy_quant", "U8", {format.size()}, format});
  }
  return tensors;
}

std::string with_metadata(const std::string& file, const json& notes) {
  const std::size_t length =
      static_cast<unsigned char>(file[0]) + 256U * static_cast<unsigned char>(file[1]);
  json header = json::parse(file.substr(8, length));
  header["__metadata__"] = notes;
  return safetensors(header.dump(), file.substr(8 + length));
}

TEST_F(layouts, lose_the_words_about_a_layer_with_its_codes) {
  const json both{{"b.q", {{"format", "float8_e4m3fn"}}}, {"b.k", {{"format", "float8_e4m3fn"}}}};
  const json notes{{"_quantization_metadata", json{{"layers", both}}.dump()}, {"by", "hand"}};
  write("in", with_metadata(file_of(comfy_layers()), notes));

  const contents half = converted_file({"--to", "bf16", "--exclude", "b.k.weight"});
  EXPECT_FALSE(half.header.contains("b.q.comfy_quant"));
  EXPECT_TRUE(half.header.contains("b.k.comfy_quant"));
  const json left = json::parse(std::string(half.header["__metadata__"]["_quantization_metadata"]));
  EXPECT_EQ(left["layers"], json({{"b.k", {{"format", "float8_e4m3fn"}}}}));
  std::filesystem::remove(path("out"));

  const contents none = converted_file({"--to", "bf16"});
  EXPECT_EQ(none.header["__metadata__"], json({{"by", "hand"}}));
  EXPECT_EQ(none.header.size(), 3U);
  EXPECT_EQ(run({"diff", "in", "out"}).out.find("only in"), std::string::npos);
  std::filesystem::remove(path("out"));

  EXPECT_EQ(converted_file({}).header.size(), 7U) << "codes that stay keep them";
}

/// Their scales are swizzled, or for codes of 4 bits.
TEST_F(layouts, that_comfyui_describes_otherwise_are_refused) {
  const std::string format = R"({"format": "mxfp8"})";
  std::vector<stored> tensors = comfy_layers();
  tensors[2].data = format;
  tensors[2].shape = {format.size()};
  EXPECT_EQ(refusal(tensors, {"--to", "bf16"}),
            "f8cast: in: tensor 'b.q.weight': is said to be 'mxfp8', whose scales are not read "
            "(--ignore-scales takes codes as they are)\n");
  write("in",
        with_metadata(file_of({ones("b.q.weight", {4, 4})}),
                      {{"_quantization_metadata", R"({"layers":{"b.q":{"format":"nvfp4"}}})"}}));
  EXPECT_NE(run({"convert", "in", "-o", "out", "--to", "bf16"}).err.find("'nvfp4'"),
            std::string::npos);
  for (const std::string strange :
       {"{", "{}", R"({"layers":{"b.q":{}}})", R"({"layers":{"b.q":7}})"}) {
    write("in", with_metadata(file_of({ones("b.q.weight", {4, 4})}),
                              {{"_quantization_metadata", strange}}));
    EXPECT_EQ(run({"convert", "in", "-o", "out", "--to", "bf16"}).status, 1) << strange;
    write("in", with_metadata(file_of({{"n", "F32", {1}, "xxxx"}}),
                              {{"_quantization_metadata", strange}}));
    EXPECT_EQ(run({"convert", "in", "-o", "no codes", "--to", "bf16"}).status, 0) << strange;
  }
  for (const std::string strange :
       {"", "{", "{}", R"({"format": 3})", R"({"format": "float8_new"})"}) {
    tensors[2].data = strange;
    tensors[2].shape = {strange.size()};
    write("in", file_of(tensors));
    EXPECT_EQ(run({"convert", "in", "-o", "out", "--to", "bf16"}).status, 1) << strange;
  }
}

TEST_F(layouts, lose_the_file_marker_with_the_last_codes) {
  const std::vector<stored> tensors{{"scaled_fp8", "F8_E4M3", {2}, std::string(2, '\0')},
                                    ones("q.weight", {4, 4}),
                                    {"q.scale_weight", "F32", {}, bytes_of<float>({0.002F})}};
  EXPECT_FALSE(converted(tensors, {"--to", "f32"}).header.contains("scaled_fp8"));
  EXPECT_EQ(converted(tensors, {"--to", "f32", "--exclude", "q.*"}).data_of("scaled_fp8"),
            std::string(2, '\0'));
  EXPECT_EQ(converted(tensors, {"--to", "e5m2"}).header["scaled_fp8"]["dtype"], "F8_E4M3");
}

/// What a second scale is called begins as the first one is called.
TEST_F(layouts, with_a_second_scale_are_refused) {
  const stored first{"q.weight_scale", "F32", {4, 1}, bytes_of<float>({1, 2, 3, 4})};
  for (const std::string name : {"q.weight_scale_2", "q.weight_scale_zero_point"}) {
    const std::string line =
        refusal({ones("q.weight", {4, 8}), first, {name, "F32", {1}, bytes_of<float>({2})}},
                {"--to", "f32"});
    EXPECT_NE(line.find(name), std::string::npos) << line;
  }
}

/// Codes in which what was beside the numbers would be taken for scales.
TEST_F(layouts, that_would_gain_scales_by_being_cast_are_refused) {
  const stored wide{"q.weight", "BF16", {2, 2}, std::string(8, '\x3F')};
  for (const std::string name : {"q.scale", "q.weight_scale", "q.scale_weight", "q.scale_factor"}) {
    for (const words& how : {words{}, words{"--scale", "row"}}) {
      const std::string line = refusal({wide, {name, "F32", {1}, bytes_of<float>({3})}}, how);
      EXPECT_EQ(line, "f8cast: in: tensor 'q.weight': as 8 bits, it would be read with '" + name +
                          "' for its scales (--exclude leaves it)\n");
    }
    EXPECT_EQ(run({"convert", "in", "-o", "out", "--to", "f32"}).status, 0);
    std::filesystem::remove(path("out"));
  }
}

/// Integers whose scales or zeros have other names.
TEST_F(layouts, of_packed_integers_keep_what_decodes_them) {
  const stored codes{"q.weight", "U32", {2, 4}, std::string(32, 'p')};
  const stored scales{"q.scales", "BF16", {2, 1}, "abcd"};
  const stored biases{"q.biases", "BF16", {2, 1}, "efgh"};
  const std::string line = refusal({codes, scales, biases}, {"--to", "f32"});
  EXPECT_NE(line.find("packed codes"), std::string::npos) << line;
  for (const words& how : {words{"--scale", "row"}, words{}}) {
    const contents out = converted_file(how);
    EXPECT_EQ(out.data_of("q.scales"), "abcd");
    EXPECT_EQ(out.data_of("q.biases"), "efgh");
    EXPECT_EQ(out.header.size(), 3U);
    std::filesystem::remove(path("out"));
  }
  const contents plain = converted({{"q.biases", "BF16", {2, 1}, "efgh"}}, {"--to", "f32"});
  EXPECT_EQ(plain.header["q.biases"]["dtype"], "F32") << "without integers, a network's own";
  std::filesystem::remove(path("out"));
  const contents own = converted({{"b.layer_scale_1", "BF16", {2, 1}, "abcd"},
                                  {"b.layer_scale_2", "BF16", {2, 1}, "abcd"},
                                  {"n.num_blocks", "I32", {1}, "abcd"}},
                                 {"--to", "f32"});
  EXPECT_EQ(own.header["b.layer_scale_1"]["dtype"], "F32");
  EXPECT_EQ(own.header["b.layer_scale_2"]["dtype"], "F32");
  EXPECT_EQ(own.data_of("n.num_blocks"), "abcd");
}

// --------------------------------------------------------------------------- the size of blocks

/// Random enough, and not 1.
std::string floats(std::size_t n) {
  std::vector<float> values(n);
  for (std::size_t i = 0; i < n; ++i) {
    values[i] =
        std::ldexp(1.0F + static_cast<float>(i * 37 % 64) / 64, static_cast<int>(i * 7 % 13) - 6);
  }
  return bytes_of(values);
}

/// convert's own files say what a shape of scales does not. A block's largest value is exact: it is
/// the scale times the largest code, or nearly.
TEST_F(layouts, of_its_own_blocks_are_read_without_being_told) {
  for (const shape_t& shape : {shape_t{192, 192}, shape_t{280, 100}, shape_t{192, 256},
                               shape_t{97, 3}, shape_t{2, 192, 200}}) {
    for (const std::string block : {"96x96", "128x128", "1x96", "100x7", "64x64"}) {
      SCOPED_TRACE(json(shape).dump() + ' ' + block);
      write("wide", file_of({{"w", "F32", shape, floats(product(shape))}}));
      ASSERT_EQ(run({"convert", "wide", "-o", "in", "--scale", "block", "--block", block}).status,
                0);
      const json header = read_safetensors(path("in")).header;
      const contents told = converted_file({"--to", "f32", "--block", block});
      const contents untold = converted_file({"--to", "f32"});
      EXPECT_TRUE(untold.data == told.data);
      const outcome difference = run({"diff", "wide", "in"});
      EXPECT_GT(std::stod(row_of("w", difference.out).back()), 20) << difference.out;
      EXPECT_EQ(run({"info", "in"}).out.find("not understood"), std::string::npos);
      EXPECT_EQ(untold.header.value("__metadata__", json::object()).count("f8cast.block"), 0U)
          << "there are no blocks any more";
      if (header.contains("__metadata__")) {
        EXPECT_EQ(header["__metadata__"], json({{"f8cast.block", block}, {"format", "pt"}}));
      }
    }
  }
}

/// A grid that blocks of several sizes give is nobody's to guess.
TEST_F(layouts, whose_blocks_may_be_of_several_sizes_are_refused) {
  const std::vector<stored> tensors{ones("w", {192, 192}),
                                    {"w_scale_inv", "F32", {2, 2}, bytes_of<float>({1, 2, 4, 8})}};
  const std::string line = refusal(tensors, {"--to", "f32"});
  EXPECT_NE(
      line.find("may be for tiles of 128x128 or 96x128 or 128x96 or 96x96; --block says which"),
      std::string::npos)
      << line;
  EXPECT_NE(run({"info", "in"}).out.find("--block says which"), std::string::npos);
  write("other", file_of({ones("w", {192, 192})}));
  EXPECT_EQ(run({"diff", "in", "other"}).status, 2);
  for (const std::size_t side : {96U, 128U}) {
    const std::string block = std::to_string(side) + 'x' + std::to_string(side);
    const std::vector<double> values =
        floats_in(converted_file({"--to", "f32", "--block", block}).data_of("w"));
    for (std::size_t i = 0; i < values.size(); ++i) {
      ASSERT_EQ(values[i], std::ldexp(1.0, static_cast<int>(in_tiles(192, side, side)(i)))) << i;
    }
    EXPECT_NE(run({"info", "in", "--block", block}).out.find("block of " + block),
              std::string::npos);
    EXPECT_EQ(run({"diff", "in", "out", "--block", block}).status, 1);
    std::filesystem::remove(path("out"));
  }
}

/// Codes that are copied stand under the metadata of the new blocks then.
TEST_F(layouts, whose_blocks_the_new_ones_would_change_are_refused) {
  const stored a{"a", "F32", {192, 192}, floats(192 * 192)};
  const stored b{"b", "F32", {192, 192}, floats(192 * 192)};
  write("wide", file_of({a, b}));
  const words only_a{"convert", "wide",    "-o",    "in",     "--exclude",
                     "b",       "--scale", "block", "--block"};
  words as_96 = only_a;
  as_96.emplace_back("96x96");
  ASSERT_EQ(run(as_96).status, 0);
  const contents same = converted_file({"--exclude", "a", "--scale", "block", "--block", "96x96"});
  EXPECT_EQ(same.header["__metadata__"]["f8cast.block"], "96x96");
  EXPECT_TRUE(same.data_of("a") == same.data_of("b"));
  const outcome other = run({"convert", "in", "-o", "no", "--exclude", "a", "--scale", "block"});
  EXPECT_EQ(other.err,
            "f8cast: in: tensor 'a': its block of 96x96 would be taken for one of 128x128 "
            "in the output\n");
  EXPECT_EQ(files(), (words{"in", "out", "wide"}));
}

/// A size that is said for the output is none of the input's, which the file notes.
TEST_F(layouts, of_blocks_are_cut_anew_from_the_blocks_that_they_have) {
  write("wide", file_of({{"w", "F32", {192, 192}, floats(192 * 192)}}));
  ASSERT_EQ(run({"convert", "wide", "-o", "in", "--scale", "block", "--block", "96x96"}).status, 0);
  ASSERT_EQ(run({"convert", "in", "-o", "exact", "--to", "f32"}).status, 0);
  const contents again = converted_file({"--scale", "block", "--block", "128x128"});
  EXPECT_EQ(again.header["__metadata__"]["f8cast.block"], "128x128");
  EXPECT_TRUE(converted_file({"--to", "f32", "--block", "128x128"}).data ==
              read_safetensors(path("exact")).data)
      << "the file knows better";
  EXPECT_EQ(run({"diff", "in", "in", "--block", "128x128"}).status, 0);
}

/// Kernels have the shapes of stacks, whose scales might be their first dimensions.
TEST_F(layouts, of_kernels_that_it_writes_are_read_as_they_were_written) {
  for (const shape_t& shape : {shape_t{64, 3, 5, 5}, shape_t{8, 2, 3, 6}, shape_t{1, 3, 11, 11},
                               shape_t{8, 1, 3, 6}, shape_t{8, 3, 7}}) {
    for (const words& how :
         {words{"mx"}, words{"row"}, words{"block"}, words{"block", "--block", "1x32"}}) {
      SCOPED_TRACE(json(shape).dump() + ' ' + how.back());
      write("wide", file_of({{"w", "F32", shape, floats(product(shape))}}));
      words arguments{"convert", "wide", "-o", "in", "--scale"};
      arguments.insert(arguments.end(), how.begin(), how.end());
      ASSERT_EQ(run(arguments).status, 0);
      const outcome difference = run({"diff", "wide", "in"});
      EXPECT_GT(std::stod(row_of("w", difference.out).back()), 20) << difference.out;
    }
  }
}

/// The same scales for other tiles are other values.
TEST_F(layouts, that_differ_in_their_blocks_alone_differ) {
  const std::string file = file_of(
      {ones("w", {192, 192}), {"w_scale_inv", "F32", {2, 2}, bytes_of<float>({1, 2, 4, 8})}});
  write("a", with_metadata(file, {{"f8cast.block", "96x96"}}));
  write("b", with_metadata(file, {{"f8cast.block", "128x128"}}));
  EXPECT_EQ(run({"diff", "a", "b"}).status, 1);
}

/// Columns of a stack's matrices, or its matrices by columns: nobody says.
TEST_F(layouts, of_stacks_with_two_dimensions_of_scales_are_refused_unless_they_are_rows) {
  for (const shape_t& scales : {shape_t{2, 8}, shape_t{1, 2}, shape_t{2, 2}}) {
    refusal({ones("e.w", {2, 4, 8}),
             {"e.w_scale", "F32", scales, std::string(4 * product(scales), '\0')}},
            {"--to", "f32"});
  }
}

TEST_F(layouts, without_elements_have_nothing_to_scale) {
  for (const auto& [shape, scales] :
       {std::pair(shape_t{0, 4}, shape_t{0, 1}), std::pair(shape_t{4, 0}, shape_t{4, 1})}) {
    const contents out = converted(
        {ones("w", shape), {"w_scale", "F32", scales, std::string(4 * product(scales), 'x')}},
        {"--to", "f32"});
    EXPECT_EQ(out.header["w"]["shape"], json(shape));
    EXPECT_EQ(out.header.size(), 1U);
    std::filesystem::remove(path("out"));
  }
}

TEST_F(layouts, of_one_dimension_are_for_rows_or_for_all) {
  for (const std::size_t n : {2U, 3U, 16U}) {
    const std::string line = refusal(
        {ones("qkv.weight", {48, 8}), {"qkv.weight_scale", "F32", {n}, std::string(4 * n, '\0')}},
        {"--to", "f32"});
    EXPECT_NE(line.find("do not fit its shape"), std::string::npos) << line;
  }
}

TEST_F(layouts, have_use_for_a_block_only_where_there_are_blocks) {
  write("in", file_of({{"w", "F32", {2, 2}, floats(4)}}));
  for (const words& how : {words{"--scale", "row"}, words{"--to", "bf16"}, words{}}) {
    words all{"convert", "in", "-o", "out", "--block", "2x2"};
    all.insert(all.end(), how.begin(), how.end());
    const outcome result = run(all);
    EXPECT_NE(result.status, 0);
    EXPECT_EQ(result.err.rfind("f8cast: --block", 0), 0U) << result.err;
    EXPECT_EQ(files(), words{"in"});
  }
}

// ------------------------------------------------------------------------------ 8 bits to 8 bits

/// The codes for a matrix that is all `value`, with scales for each row.
TEST_F(layouts, of_8_bits_get_the_scales_that_are_asked_for) {
  const std::vector<stored> tensors{ones("q.weight", {4, 256}),
                                    {"q.weight_scale_inv", "F32", {1, 2}, bytes_of<float>({2, 4})}};
  const contents out = converted(tensors, {"--scale", "row"});
  EXPECT_FALSE(out.header.contains("q.weight_scale_inv"));
  EXPECT_EQ(out.header["q.weight_scale"]["shape"], json({4, 1}));
  // 4 / 448 for each row; the codes are 448, and 224 where the value is 2.
  EXPECT_EQ(floats_in(out.data_of("q.weight_scale")),
            std::vector<double>(4, static_cast<double>(4.0F / 448)));
  std::string row(128, '\x76');
  row += std::string(128, '\x7E');
  EXPECT_EQ(out.data_of("q.weight"), row + row + row + row);
}

/// Through the exact values: 1.125 * (1 + 2^-23) is a little more than a tie of e5m2, which a float
/// cannot tell from the tie.
TEST_F(layouts, of_8_bits_are_rounded_once) {
  const std::vector<stored> tensors{
      {"w", "F8_E4M3", {1, 2}, "\x39\x38"},
      {"w_scale", "F32", {1}, bytes_of<float>({1 + std::ldexp(1.0F, -23)})}};
  EXPECT_EQ(converted(tensors, {"--to", "e5m2"}).data_of("w"), "\x3D\x3C");
  EXPECT_EQ(converted({tensors[0]}, {"--to", "e5m2"}).data_of("w"), "\x3C\x3C") << "the tie itself";
}

TEST_F(layouts, of_8_bits_stay_where_they_have_what_is_asked_for) {
  write("wide", file_of({{"w", "F32", {192, 200}, floats(192 * 200)}}));
  for (const std::string how : {"tensor", "row", "block", "mx"}) {
    ASSERT_EQ(run({"convert", "wide", "-o", "in", "--scale", how}).status, 0);
    const contents before = read_safetensors(path("in"));
    const contents after = converted_file({"--scale", how});
    EXPECT_TRUE(after.data == before.data) << how;
    EXPECT_EQ(after.header, before.header) << how;
  }
}

/// Which scale is an element's: in a matrix, or in one of a stack.
std::size_t scale_number(const std::string& how, const shape_t& shape, std::size_t i) {
  if (how == "tensor") return 0;
  const std::size_t columns = shape.back();
  const std::size_t rows = shape[shape.size() - 2];
  const std::size_t height = how == "block" ? 128 : 1;
  const std::size_t width = how == "block" ? 128 : how == "mx" ? 32 : columns;
  const std::size_t across = (columns + width - 1) / width;
  const std::size_t down = (rows + height - 1) / height;
  const std::size_t row = i / columns;
  return (row / rows * down + row % rows / height) * across + i % columns / width;
}

/// Every way to every other: the codes are those of the exact values, as doubles.
TEST_F(layouts, of_8_bits_become_what_their_values_become) {
  for (const shape_t& shape : {shape_t{130, 200}, shape_t{2, 130, 40}}) {
    write("wide", file_of({{"w", "F32", shape, floats(product(shape))}}));
    for (const std::string from : {"none", "tensor", "row", "block", "mx"}) {
      ASSERT_EQ(run({"convert", "wide", "-o", "eight", "--scale", from}).status, 0);
      const contents eight = read_safetensors(path("eight"));
      std::vector<double> values = values_in("F8_E4M3", eight.data_of("w"));
      if (from != "none") {
        const std::string name = from == "block" ? "w_scale_inv" : "w_scale";
        const std::string dtype = eight.header[name]["dtype"];
        const std::vector<double> scales = values_in(dtype, eight.data_of(name));
        for (std::size_t i = 0; i < values.size(); ++i) {
          values[i] *= scales.at(scale_number(from, shape, i));
        }
      }
      write("exact", file_of({{"w", "F64", shape, bytes_of(values)}}));
      for (const std::string how : {"none", "tensor", "row", "block", "mx"}) {
        for (const std::string to : {"e4m3", "e5m2"}) {
          SCOPED_TRACE(from + " to " + to + ' ' + how);
          if (how == "none" && to == "e4m3") continue;  // is copied
          if (how == from && to == "e4m3") continue;
          ASSERT_EQ(run({"convert", "eight", "-o", "in", "--scale", how, "--to", to}).status, 0);
          ASSERT_EQ(run({"convert", "exact", "-o", "out", "--scale", how, "--to", to}).status, 0);
          EXPECT_TRUE(read_safetensors(path("in")).data == read_safetensors(path("out")).data);
        }
      }
    }
  }
}

}  // namespace
}  // namespace f8cast_test
