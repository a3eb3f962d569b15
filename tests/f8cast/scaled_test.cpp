// Tensors with scales: what convert writes, by plain arithmetic that is exact.
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>

#include "expectation.hpp"
#include "harness.hpp"
#include "read_back.hpp"
#include "scaled_expectation.hpp"

namespace f8cast_test {
namespace {

using nlohmann::json;
using shape_t = std::vector<std::size_t>;

/// A matrix: the first dimension by the product of the others. Or a stack of them: three
/// dimensions, unless the matrices have one row, or fewer than 8 columns.
struct shaped {
  shape_t shape;
  bool is_stack = shape.size() == 3 && shape[1] > 1 && shape[2] >= 8;
  std::size_t matrices = is_stack ? shape[0] : 1;
  std::size_t rows = shape.at(is_stack ? 1 : 0);
  std::size_t columns = std::accumulate(shape.begin() + (is_stack ? 2 : 1), shape.end(),
                                        std::size_t{1}, std::multiplies<>());

  std::size_t size() const { return matrices * rows * columns; }
};

/// One way to scale: the tensor that it adds, and the tiles that share a scale.
struct way {
  std::string name;
  std::string suffix;
  std::string dtype;
  std::size_t tile_rows;  // 0: all
  std::size_t tile_columns;

  std::size_t tiles_down(const shaped& m) const {
    return tile_rows == 0 ? 1 : (m.rows + tile_rows - 1) / tile_rows;
  }
  std::size_t tiles_across(const shaped& m) const {
    return tile_columns == 0 ? 1 : (m.columns + tile_columns - 1) / tile_columns;
  }
  json shape(const shaped& m) const {
    if (name == "tensor") return json::array({1});
    if (m.is_stack) return json::array({m.matrices, tiles_down(m), tiles_across(m)});
    return json::array({tiles_down(m), tiles_across(m)});
  }
  std::size_t count(const shaped& m) const {
    return name == "tensor" ? 1 : m.matrices * tiles_down(m) * tiles_across(m);
  }
  std::size_t tile(const shaped& m, std::size_t i) const {
    if (name == "tensor") return 0;
    const std::size_t matrix = i / (m.rows * m.columns);
    const std::size_t down = tile_rows == 0 ? 0 : i / m.columns % m.rows / tile_rows;
    const std::size_t across = tile_columns == 0 ? 0 : i % m.columns / tile_columns;
    return (matrix * tiles_down(m) + down) * tiles_across(m) + across;
  }
};

const way by_tensor{"tensor", "_scale", "F32", 0, 0};
const way by_row{"row", "_scale", "F32", 1, 0};
const way by_block{"block", "_scale_inv", "F32", 128, 128};
const way by_mx{"mx", "_scale", "U8", 1, 32};

std::string to_text(const shape_t& shape) {
  return json(shape).dump();
}

/// A file of one tensor "w" of that type and shape.
std::string file_of(const std::string& dtype, const shape_t& shape, const std::string& bytes) {
  return safetensors('{' + entry("w", dtype, to_text(shape), 0, bytes.size()) + '}', bytes);
}

/// Random numbers of many magnitudes, all finite.
std::string noise(const std::string& dtype, std::size_t n, unsigned seed = 1) {
  std::mt19937 random(seed);
  const auto exponent_from = [&](unsigned least) {
    return least + static_cast<unsigned>(random() % 12);
  };
  std::vector<std::uint16_t> halves(dtype == "F16" || dtype == "BF16" ? n : 0);
  for (std::uint16_t& half : halves) {
    const unsigned bits =
        dtype == "F16" ? exponent_from(4) << 10 | (static_cast<unsigned>(random()) & 0x83FF)
                       : exponent_from(120) << 7 | (static_cast<unsigned>(random()) & 0x807F);
    half = static_cast<std::uint16_t>(bits);
  }
  if (!halves.empty()) return bytes_of(halves);
  std::vector<double> doubles(n);
  for (double& x : doubles) {
    x = std::ldexp(static_cast<double>(random()) / 0x1p32 + 0.5,
                   static_cast<int>(random() % 16) - 9);
    if (random() % 2 != 0) x = -x;
  }
  if (dtype == "F64") return bytes_of(doubles);
  return bytes_of(std::vector<float>(doubles.begin(), doubles.end()));
}

/// The largest finite magnitude in each tile.
std::vector<double> largest_in_tiles(const std::vector<double>& values, const shaped& m,
                                     const way& how) {
  std::vector<double> largest(how.count(m));
  for (std::size_t i = 0; i < values.size(); ++i) {
    double& of_tile = largest[how.tile(m, i)];
    if (std::isfinite(values[i])) of_tile = std::max(of_tile, std::fabs(values[i]));
  }
  return largest;
}

/// OCP MX 1.0, 6.3: the largest power of two in the tile by that in the format.
void expect_power_of_two(double scale, double largest, const format& to) {
  const int emax = std::ilogb(to.value(to.largest_code));
  const int exponent = largest == 0 ? -127 : std::max(-127, std::ilogb(largest) - emax);
  EXPECT_EQ(scale, std::ldexp(1.0, exponent));
}

bool is_nan(unsigned code, const format& to) {
  return to.name == "e4m3" ? (code & 0x7F) == 0x7F : (code & 0x7F) > 0x7C;
}

void expect_codes(const std::string& codes, const std::vector<double>& values,
                  const std::vector<double>& scales, const shaped& m, const way& how,
                  const format& to) {
  ASSERT_EQ(codes.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto code = static_cast<unsigned char>(codes[i]);
    const double scale = scales[how.tile(m, i)];
    if (std::isnan(values[i])) {
      ASSERT_TRUE(is_nan(code, to)) << i;
    } else {
      ASSERT_EQ(code, expected_code(values[i], scale, to))
          << i << ": " << to.name << " of " << values[i] << " / " << scale;
    }
  }
}

/// What is written of a tensor "w", by any way to scale.
void expect_scaled(const contents& out, const std::vector<double>& values, const shaped& m,
                   const way& how, const format& to) {
  const std::string name = "w" + how.suffix;
  ASSERT_TRUE(out.header.contains(name)) << out.header;
  ASSERT_EQ(out.header.size() - out.header.count("__metadata__"), 2U);
  EXPECT_EQ(out.header["w"]["dtype"], to.dtype);
  EXPECT_EQ(out.header["w"]["shape"], json(m.shape));
  EXPECT_EQ(out.header[name]["dtype"], how.dtype);
  EXPECT_EQ(out.header[name]["shape"], how.shape(m));
  const std::vector<double> scales = values_in(how.dtype, out.data_of(name));
  const std::vector<double> largest = largest_in_tiles(values, m, how);
  ASSERT_EQ(scales.size(), largest.size());
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (how.dtype == "U8") {
      expect_power_of_two(scales[i], largest[i], to);
    } else {
      EXPECT_EQ(scales[i], float_scale(largest[i], to));
    }
  }
  expect_codes(out.data_of("w"), values, scales, m, how, to);
}

class scaled : public f8cast {
 protected:
  void expect_converts(const std::string& dtype, const shaped& m, const std::string& bytes,
                       const way& how, const format& to, std::vector<std::string> more = {}) const {
    SCOPED_TRACE(dtype + to_text(m.shape) + " to " + to.name + " by " + how.name);
    write("in", file_of(dtype, m.shape, bytes));
    std::vector<std::string> arguments{"convert", "in",    "-o",      "out",
                                       "--to",    to.name, "--scale", how.name};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const outcome conversion = run(arguments);
    ASSERT_EQ(conversion.status, 0) << conversion.err;
    expect_scaled(read_safetensors(path("out")), values_in(dtype, bytes), m, how, to);
  }
};

TEST_F(scaled, each_way_from_each_type_to_each_format) {
  const shaped m{{130, 261}};
  for (const way& how : {by_tensor, by_row, by_block, by_mx}) {
    for (const format& to : {e4m3, e5m2}) {
      for (const std::string dtype : {"F32", "F16", "BF16", "F64"}) {
        expect_converts(dtype, m, noise(dtype, m.size()), how, to);
      }
    }
  }
}

TEST_F(scaled, matrices_of_any_shape) {
  for (const shaped& m : {shaped{{1, 1}}, shaped{{1, 33}}, shaped{{33, 1}}, shaped{{128, 128}},
                          shaped{{2, 3, 43}}, shaped{{3, 130, 40}}, shaped{{2, 256, 136}},
                          shaped{{4, 3, 7}}, shaped{{4, 1, 43}}, shaped{{5, 1, 1, 7}}}) {
    for (const way& how : {by_tensor, by_row, by_block, by_mx}) {
      expect_converts("F32", m, noise("F32", m.size()), how, e4m3);
    }
  }
}

TEST_F(scaled, blocks_of_any_size) {
  const shaped m{{33, 70}};
  for (const auto& [text, rows, columns] :
       {std::tuple("1x128", 1, 128), std::tuple("64x1", 64, 1), std::tuple("7x9", 7, 9),
        std::tuple("1x1", 1, 1), std::tuple("1000x1000", 1000, 1000)}) {
    const way how{"block", "_scale_inv", "F32", static_cast<std::size_t>(rows),
                  static_cast<std::size_t>(columns)};
    expect_converts("F32", m, noise("F32", m.size()), how, e4m3, {"--block", text});
  }
}

/// More than is in memory at a time: a tile, a row of tiles, or many of them.
TEST_F(scaled, wherever_the_pieces_end) {
  for (const shaped& m : {shaped{{2, 700'001}}, shaped{{130, 10'001}}, shaped{{1, 1'100'000}},
                          shaped{{700'001, 2}}}) {
    const std::string bytes = noise("BF16", m.size());
    for (const way& how : {by_tensor, by_row, by_block, by_mx})
      expect_converts("BF16", m, bytes, how, e4m3);
  }
}

/// A tile of zeros, one of NaN, infinities, numbers so small that no normal float is their scale.
TEST_F(scaled, numbers_that_have_no_scale) {
  const shaped m{{6, 64}};
  std::vector<float> values(m.rows * m.columns, 0.0F);
  std::fill_n(values.begin() + 64, 32, NAN);
  values[64] = -NAN;
  values[130] = INFINITY;
  values[131] = -3.0F;
  values[132] = NAN;
  std::fill_n(values.begin() + 192, 64, 1e-40F);
  values[200] = -1e-38F;
  values[256] = 3.4e38F;
  values[257] = -1.0F;
  values[320] = 464;
  values[321] = 448;
  for (const way& how : {by_tensor, by_row, by_mx}) {
    for (const format& to : {e4m3, e5m2}) expect_converts("F32", m, bytes_of(values), how, to);
  }
  expect_converts("F32", m, bytes_of(values), {"block", "_scale_inv", "F32", 2, 16}, e4m3,
                  {"--block", "2x16"});
}

/// The same in a tile that is read in pieces.
TEST_F(scaled, infinities_in_a_large_tile_cost_its_other_numbers_nothing) {
  const shaped m{{2, 600'000}};
  std::vector<float> values = wave(m.size());
  values[3] = INFINITY;
  values[4] = -NAN;
  values[1'100'000] = -INFINITY;
  expect_converts("F32", m, bytes_of(values), by_tensor, e4m3);
}

TEST_F(scaled, says_what_it_did) {
  write("in", file_of("F32", {1, 4}, bytes_of<float>({448, -1e-30F, NAN, 1})));
  const outcome conversion = run({"convert", "in", "-o", "out", "--scale", "tensor"});
  EXPECT_EQ(conversion.err, "");
  EXPECT_EQ(conversion.out,
            "in to F8_E4M3, scale: tensor\n1 tensor cast, 0 copied\n"
            "4 values: 0 saturated, 1 became zero, 1 NaN; the largest is 448\n"
            "Wrote out, " +
                std::to_string(read_file(path("out")).size()) + " bytes\n");
}

// ----------------------------------------------------------------------------------------------
// back

struct wide {
  std::string name;
  std::string dtype;
  int precision;  // bits
  int least;      // exponent of the smallest number
  double largest;
};

const wide f32{"f32", "F32", 24, -149, 0x1.fffffep127};
const wide f16{"f16", "F16", 11, -24, 65504};
const wide bf16{"bf16", "BF16", 8, -133, 0x1.fep127};

/// To nearest even, from a double that is exact.
double rounded(double x, const wide& to) {
  if (x == 0 || !std::isfinite(x)) return x;
  const double place = std::ldexp(1.0, std::max(std::ilogb(x) - to.precision + 1, to.least));
  const double result = std::nearbyint(x / place) * place;
  return std::fabs(result) > to.largest ? std::copysign(INFINITY, x) : result;
}

void expect_values(const std::vector<double>& values, const std::vector<double>& expected) {
  ASSERT_EQ(values.size(), expected.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(expected[i])) {
      ASSERT_TRUE(std::isnan(values[i])) << i;
    } else {
      ASSERT_EQ(values[i], expected[i]) << i;
      ASSERT_EQ(std::signbit(values[i]), std::signbit(expected[i])) << i;
    }
  }
}

class back : public scaled {
 protected:
  /// What `in` is cast back to, from these codes and scales.
  void expect_back(const std::string& codes, const format& from, const shaped& m,
                   const std::vector<double>& scales, const way& how, const wide& to,
                   const std::vector<std::string>& more = {}) const {
    SCOPED_TRACE(from.name + to_text(m.shape) + " to " + to.name + " by " + how.name);
    std::vector<double> expected = values_in(from.dtype, codes);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (!scales.empty()) expected[i] *= scales[how.tile(m, i)];  // exact: 4 bits by 24
      expected[i] = rounded(expected[i], to);
    }
    std::vector<std::string> arguments{"convert", "in", "-o", "back", "--to", to.name};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const outcome conversion = run(arguments);
    ASSERT_EQ(conversion.status, 0) << conversion.err;
    const contents out = read_safetensors(path("back"));
    ASSERT_EQ(out.header.size(), 1U) << "the scales are used up";
    EXPECT_EQ(out.header["w"]["dtype"], to.dtype);
    EXPECT_EQ(out.header["w"]["shape"], json(m.shape));
    expect_values(values_in(to.dtype, out.data_of("w")), expected);
  }

  /// A file of "w" and its scales, of any type and shape.
  void write_scaled(const format& from, const shaped& m, const std::string& codes,
                    const std::string& name, const std::string& dtype, const std::string& shape,
                    const std::string& scales) const {
    write("in", safetensors(
                    '{' + entry("w", from.dtype, to_text(m.shape), 0, codes.size()) + ',' +
                        entry(name, dtype, shape, codes.size(), codes.size() + scales.size()) + '}',
                    codes + scales));
  }
};

std::string all_codes(std::size_t n) {
  std::string codes(n, '\0');
  for (std::size_t i = 0; i < n; ++i) codes[i] = static_cast<char>(i * 37);
  return codes;
}

TEST_F(back, without_scales_codes_are_plain_values) {
  for (const format& from : {e4m3, e5m2}) {
    write("in", file_of(from.dtype, {4, 64}, all_codes(256)));
    for (const wide& to : {f32, f16, bf16}) {
      expect_back(all_codes(256), from, {{4, 64}}, {}, by_tensor, to);
    }
  }
}

TEST_F(back, what_it_wrote_itself) {
  for (const shaped& m : {shaped{{130, 261}}, shaped{{130, 10'001}}, shaped{{2, 700'001}}}) {
    for (const way& how : {by_tensor, by_row, by_block, by_mx}) {
      for (const format& to : {e4m3, e5m2}) {
        write("wide", file_of("F32", m.shape, noise("F32", m.size())));
        ASSERT_EQ(run({"convert", "wide", "-o", "in", "--to", to.name, "--scale", how.name}).status,
                  0);
        const contents in = read_safetensors(path("in"));
        const auto scales = values_in(how.dtype, in.data_of("w" + how.suffix));
        expect_back(in.data_of("w"), to, m, scales, how, bf16);
      }
    }
  }
}

TEST_F(back, with_scales_of_every_type) {
  const shaped m{{4, 64}};
  const std::string codes = all_codes(256);
  const std::vector<std::pair<std::string, std::string>> scales{
      {"F32", bytes_of<float>({0.3F, 1e-38F, 3e38F, -1})},
      {"F16", bytes_of<std::uint16_t>({0x3555, 0x0001, 0x7BFF, 0x3C00})},
      {"BF16", bytes_of<std::uint16_t>({0x3EAB, 0x0080, 0x7F7F, 0x0001})},
      {"F8_E8M0", std::string("\x7F\x01\xFE\x80", 4)},
  };
  for (const auto& [dtype, bytes] : scales) {
    SCOPED_TRACE(dtype);
    for (const format& from : {e4m3, e5m2}) {
      write_scaled(from, m, codes, "w_scale", dtype, "[4,1]", bytes);
      for (const wide& to : {f32, f16, bf16}) {
        expect_back(codes, from, m, values_in(dtype, bytes), by_row, to);
      }
    }
  }
}

TEST_F(back, by_the_shape_of_the_scales_whatever_their_name) {
  const shaped m{{4, 64}};
  const std::string codes = all_codes(256);
  const std::vector<float> floats{0.5F, 3, 0.1F, 7, 11, 13, 0.7F, 19};
  const way half{"block", "", "", 2, 32};
  for (const std::string name : {"w_scale", "w_scale_inv"}) {
    for (const auto& [shape, n, how] :
         {std::tuple("[]", 1, by_tensor), std::tuple("[1]", 1, by_tensor),
          std::tuple("[1,1]", 1, by_tensor), std::tuple("[4,1]", 4, by_row),
          std::tuple("[4]", 4, by_row), std::tuple("[4,2]", 8, by_mx),
          std::tuple("[2,2]", 4, half)}) {
      SCOPED_TRACE(name + shape);
      const std::vector<float> scales(floats.begin(), floats.begin() + n);
      write_scaled(e4m3, m, codes, name, "F32", shape, bytes_of(scales));
      expect_back(codes, e4m3, m, {scales.begin(), scales.end()}, how, f32);
    }
  }
}

TEST_F(back, scales_that_are_none_are_refused) {
  const shaped m{{4, 64}};
  const auto expect_refused = [&](const std::string& dtype, const std::string& shape,
                                  const std::string& text, std::size_t bytes,
                                  const std::string& why) {
    write_scaled(e4m3, m, all_codes(256), "w_scale", dtype, shape, std::string(bytes, '\1'));
    const outcome refusal = run({"convert", "in", "-o", "out", "--to", "f32"});
    EXPECT_EQ(refusal.status, 1);
    EXPECT_EQ(refusal.out, "");
    EXPECT_EQ(refusal.err, "f8cast: in: tensor 'w': F8_E4M3, shape 4x64: its scales 'w_scale', " +
                               dtype + ", shape " + text + ", " + why +
                               " (--ignore-scales takes codes as they are)\n");
    EXPECT_EQ(files(), std::vector<std::string>{"in"});
  };
  expect_refused("F32", "[3,1]", "3x1", 12,
                 "do not fit its shape; --block says the size of a block");
  expect_refused("F32", "[3]", "3", 12, "do not fit its shape");
  expect_refused("F32", "[64]", "64", 256, "do not fit its shape");
  expect_refused("F32", "[1,4,1]", "1x4x1", 16,
                 "may be for tiles of 1x64 or 4x16; --block says which");
  expect_refused("F32", "[0]", "0", 0, "do not fit its shape");
  expect_refused("F64", "[4,1]", "4x1", 32, "are of a type that is not read");
  expect_refused("I32", "[4,1]", "4x1", 16, "are of a type that is not read");
  expect_refused("F8_E4M3", "[4,1]", "4x1", 4, "are of a type that is not read");
}

TEST_F(back, two_tensors_of_scales_are_refused) {
  write("in", safetensors('{' + entry("w", "F8_E4M3", "[1,1]", 0, 1) + ',' +
                              entry("w_scale", "U8", "[1]", 1, 2) + ',' +
                              entry("w_scale_inv", "U8", "[1]", 2, 3) + '}',
                          "abc"));
  EXPECT_EQ(run({"convert", "in", "-o", "out", "--to", "f32"}).err,
            "f8cast: in: tensor 'w': has scales twice: 'w_scale_inv' and 'w_scale' "
            "(--ignore-scales takes codes as they are)\n");
}

// ----------------------------------------------------------------------------------------------
// which tensors

/// Of a tile that is read in pieces, the first and the last count alike.
TEST_F(scaled, the_largest_may_be_anywhere_in_a_tile) {
  constexpr std::size_t n = 1'200'000;
  for (const std::size_t place : {std::size_t{0}, n / 2, n - 1}) {
    std::vector<float> values(n, 1);
    values[place] = -896;
    write("in",
          safetensors('{' + entry("t", "F32", "[1," + std::to_string(n) + ']', 0, 4 * n) + '}',
                      bytes_of(values)));
    for (const std::string how : {"tensor", "row"}) {
      ASSERT_EQ(run({"convert", "in", "-o", "out", "--scale", how}).status, 0);
      EXPECT_EQ(read_safetensors(path("out")).data_of("t_scale"), bytes_of<float>({2})) << place;
    }
  }
}

/// Two matrices, a bias, a scalar, integers, and a matrix without elements.
std::string mixed_model() {
  return safetensors(
      '{' + entry("a.weight", "F32", "[2,2]", 0, 16) + ',' + entry("a.bias", "F32", "[2]", 16, 24) +
          ',' + entry("b.weight", "BF16", "[2,2]", 24, 32) + ',' +
          entry("b.factor", "F32", "[]", 32, 36) + ',' + entry("ids", "I64", "[1,1]", 36, 44) +
          ',' + entry("none", "F32", "[0,3]", 44, 44) + '}',
      bytes_of<float>({1, -2, 3, 4, 5, 6}) +
          bytes_of<std::uint16_t>({0x3F80, 0x4000, 0x4040, 0x4080}) + bytes_of<float>({7}) +
          "12345678");
}

class selection : public f8cast {
 protected:
  selection() { write("in", mixed_model()); }

  std::map<std::string, std::string> types_after(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"convert", "in", "-o", "out"});
    const outcome conversion = run(arguments);
    EXPECT_EQ(conversion.status, 0) << conversion.err;
    std::map<std::string, std::string> types;
    const contents out = read_safetensors(path("out"));
    for (const auto& [name, entry] : out.header.items()) {
      types[name] = entry["dtype"];
    }
    return types;
  }
};

using types = std::map<std::string, std::string>;

TEST_F(selection, with_scales_only_matrices_are_cast) {
  for (const std::string how : {"tensor", "row", "mx", "block"}) {
    const std::string suffix = how == "block" ? "_scale_inv" : "_scale";
    const std::string scale = how == "mx" ? "U8" : "F32";
    EXPECT_EQ(types_after({"--scale", how}), (types{{"a.weight", "F8_E4M3"},
                                                    {"a.weight" + suffix, scale},
                                                    {"a.bias", "F32"},
                                                    {"b.weight", "F8_E4M3"},
                                                    {"b.weight" + suffix, scale},
                                                    {"b.factor", "F32"},
                                                    {"ids", "I64"},
                                                    {"none", "F32"}}));
  }
}

TEST_F(selection, without_scales_all_numbers_are_cast) {
  EXPECT_EQ(types_after({"--to", "e5m2"}), (types{{"a.weight", "F8_E5M2"},
                                                  {"a.bias", "F8_E5M2"},
                                                  {"b.weight", "F8_E5M2"},
                                                  {"b.factor", "F8_E5M2"},
                                                  {"ids", "I64"},
                                                  {"none", "F8_E5M2"}}));
}

TEST_F(selection, is_by_name) {
  EXPECT_EQ(types_after({"--include", "*.weight", "--exclude", "b.*"}),
            (types{{"a.weight", "F8_E4M3"},
                   {"a.bias", "F32"},
                   {"b.weight", "BF16"},
                   {"b.factor", "F32"},
                   {"ids", "I64"},
                   {"none", "F32"}}));
  EXPECT_EQ(types_after({"--include", "?.weight", "--include", "[ab].bias"}),
            (types{{"a.weight", "F8_E4M3"},
                   {"a.bias", "F8_E4M3"},
                   {"b.weight", "F8_E4M3"},
                   {"b.factor", "F32"},
                   {"ids", "I64"},
                   {"none", "F32"}}));
}

TEST_F(selection, between_16_and_32_bits) {
  EXPECT_EQ(types_after({"--to", "f16"}).at("b.weight"), "F16");
  EXPECT_EQ(read_safetensors(path("out")).data_of("a.weight"),
            bytes_of<std::uint16_t>({0x3C00, 0xC000, 0x4200, 0x4400}));
  EXPECT_EQ(types_after({"--to", "bf16"}).at("a.weight"), "BF16");
  EXPECT_EQ(read_safetensors(path("out")).data_of("a.weight"),
            bytes_of<std::uint16_t>({0x3F80, 0xC000, 0x4040, 0x4080}));
  EXPECT_EQ(types_after({"--to", "f32"}).at("b.weight"), "F32");
  EXPECT_EQ(read_safetensors(path("out")).data_of("b.weight"), bytes_of<float>({1, 2, 3, 4}));
}

TEST_F(selection, what_has_8_bits_keeps_its_scales_unless_it_is_cast_back) {
  ASSERT_EQ(run({"convert", "in", "-o", "blocks", "--scale", "block"}).status, 0);
  std::filesystem::rename(path("blocks"), path("in"));
  for (const words& same : {words{"--scale", "block"}, words{}}) {
    const types eight = types_after(same);
    EXPECT_EQ(eight.at("a.weight"), "F8_E4M3");
    EXPECT_EQ(eight.at("a.weight_scale_inv"), "F32") << "a matrix, but no weight";
    EXPECT_EQ(eight.count("a.weight_scale"), 0U);
  }
  const types half = types_after({"--to", "bf16", "--exclude", "a.weight"});
  EXPECT_EQ(half.at("a.weight"), "F8_E4M3");
  EXPECT_EQ(half.at("a.weight_scale_inv"), "F32");
  EXPECT_EQ(half.at("b.weight"), "BF16");
  EXPECT_EQ(half.count("b.weight_scale_inv"), 0U);
}

TEST_F(selection, names_of_scales_that_are_taken_are_refused) {
  write("in", safetensors('{' + entry("w", "F32", "[1,1]", 0, 4) + ',' +
                              entry("w_scale", "F32", "[1]", 4, 8) + '}',
                          bytes_of<float>({1, 2})));
  const outcome refusal = run({"convert", "in", "-o", "out", "--scale", "row"});
  EXPECT_EQ(refusal.status, 1);
  EXPECT_EQ(refusal.err,
            "f8cast: in: tensor 'w': as 8 bits, it would be read with 'w_scale' for its scales "
            "(--exclude leaves it)\n");
}

}  // namespace
}  // namespace f8cast_test
