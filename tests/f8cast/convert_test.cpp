// What convert writes, read back by other means.
#include <cmath>
#include <map>

#include "expectation.hpp"
#include "harness.hpp"
#include "read_back.hpp"

namespace f8cast_test {
namespace {

using nlohmann::json;

/// Each tensor begins where another ends, at a multiple of its element's size, and nothing is left
/// over.
void expect_no_holes(const contents& file, const std::map<std::string, std::size_t>& element_size) {
  std::map<std::size_t, std::size_t> ranges;
  for (const auto& [name, entry] : file.header.items()) {
    if (name == "__metadata__") continue;
    const std::size_t begin = entry["data_offsets"][0];
    ranges[begin] = entry["data_offsets"][1];
    EXPECT_EQ(begin % element_size.at(entry["dtype"]), 0U) << name;
  }
  std::size_t end = 0;
  for (const auto& [begin, next] : ranges) {
    EXPECT_EQ(begin, end);
    end = next;
  }
  EXPECT_EQ(end, file.data.size());
}

void expect_codes(const std::string& codes, const std::vector<double>& values, const format& to) {
  const std::vector<std::uint8_t> expected = expect_of(values, to).codes;
  ASSERT_EQ(codes.size(), expected.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto code = static_cast<std::uint8_t>(codes[i]);
    if (expected[i] == 0xFF) {
      EXPECT_TRUE(to.name == "e4m3" ? (code & 0x7F) == 0x7F : (code & 0x7F) > 0x7C)
          << int{code} << " is no NaN";
    } else {
      EXPECT_EQ(code, expected[i]) << to.name << " of " << values[i];
    }
  }
}

void expect_cast_of_shipped_weights(const contents& output, const format& to) {
  const contents input = read_safetensors(F8CAST_SHIPPED);
  expect_no_holes(output, {{to.dtype, 1}});
  ASSERT_EQ(output.header.size(), input.header.size());
  EXPECT_EQ(output.header.at("__metadata__"), input.header.at("__metadata__"));
  for (const auto& [name, entry] : input.header.items()) {
    if (name == "__metadata__") continue;
    SCOPED_TRACE(name);
    EXPECT_EQ(output.header.at(name).at("dtype"), to.dtype);
    EXPECT_EQ(output.header.at(name).at("shape"), entry.at("shape"));
    EXPECT_EQ(output.header.at(name).size(), 3U);
    expect_codes(output.data_of(name), floats_in(input.data_of(name)), to);
  }
}

TEST_F(f8cast, converts_the_shipped_weights_as_plain_double_arithmetic_does) {
  for (const format& to : {e4m3, e5m2}) {
    const outcome conversion = run({"convert", F8CAST_SHIPPED, "-o", "out", "--to", to.name});
    ASSERT_EQ(conversion.status, 0) << conversion.err;
    expect_cast_of_shipped_weights(read_safetensors(path("out")), to);
    EXPECT_EQ(files(), std::vector<std::string>{"out"});
  }
}

TEST_F(f8cast, converts_to_e4m3_if_not_told) {
  const outcome conversion = run({"convert", F8CAST_SHIPPED, "--output", "out"});
  ASSERT_EQ(conversion.status, 0) << conversion.err;
  expect_cast_of_shipped_weights(read_safetensors(path("out")), e4m3);
}

TEST_F(f8cast, counts_what_the_report_counts) {
  const auto total = row_of("14 tensors cast", run({"report", F8CAST_SHIPPED}).out);
  const std::string counts = "14 tensors cast, 0 copied\n" + total.at(0) +
                             " values: " + total.at(saturated - 1) + " saturated, " +
                             total.at(to_zero - 1) + " became zero, " + total.at(nan - 1) + " NaN";
  EXPECT_NE(run({"convert", F8CAST_SHIPPED, "-o", "out"}).out.find(counts), std::string::npos)
      << counts;
}

/// Ties, limits, subnormals, and NaNs of both signs, through every dtype that holds them.
TEST_F(f8cast, casts_the_same_values_alike_from_every_dtype) {
  const std::vector<std::uint16_t> upper_halves{0x0000, 0x8000, 0x3F80, 0xBF80, 0x3F88, 0x3F98,
                                                0x43E0, 0x43E8, 0x43E9, 0x4760, 0x4770, 0x7F80,
                                                0xFF80, 0x7FC0, 0xFFC1, 0x3A80, 0x3A81, 0x3B40,
                                                0x3780, 0x3701, 0xB700, 0x0001, 0x7F7F};
  std::vector<float> floats;
  for (const std::uint16_t half : upper_halves) {
    const std::uint32_t bits = std::uint32_t{half} << 16;
    float value = 0;
    std::memcpy(&value, &bits, 4);
    floats.push_back(value);
  }
  const std::vector<double> doubles(floats.begin(), floats.end());
  for (const format& to : {e4m3, e5m2}) {
    for (const auto& [dtype, data] :
         {std::pair("BF16", bytes_of(upper_halves)), std::pair("F32", bytes_of(floats)),
          std::pair("F64", bytes_of(doubles))}) {
      SCOPED_TRACE(dtype);
      write("in", one_tensor(dtype, doubles.size(), data));
      ASSERT_EQ(run({"convert", "in", "-o", "out", "--to", to.name}).status, 0);
      expect_codes(read_safetensors(path("out")).data_of("t"), doubles, to);
    }
  }
}

TEST_F(f8cast, casts_every_float16) {
  std::vector<std::uint16_t> halves;
  std::vector<double> values;
  for (unsigned bits = 0; bits < 0x10000; ++bits) {
    halves.push_back(static_cast<std::uint16_t>(bits));
    const int exponent = static_cast<int>(bits >> 10 & 0x1F);
    const int fraction = static_cast<int>(bits & 0x3FF);
    const double magnitude = exponent == 0x1F ? (fraction ? NAN : INFINITY)
                             : exponent == 0  ? std::ldexp(fraction, -24)
                                              : std::ldexp(1024 + fraction, exponent - 25);
    values.push_back(bits & 0x8000 ? -magnitude : magnitude);
  }
  write("in", one_tensor("F16", halves.size(), bytes_of(halves)));
  for (const format& to : {e4m3, e5m2}) {
    ASSERT_EQ(run({"convert", "in", "-o", "out", "--to", to.name}).status, 0);
    expect_codes(read_safetensors(path("out")).data_of("t"), values, to);
  }
}

TEST_F(f8cast, converts_alike_wherever_the_pieces_end) {
  for (const std::size_t n : {65535U, 65536U, 65537U, 200000U}) {
    SCOPED_TRACE(n);
    const std::vector<float> values = wave(n);
    write("in", one_tensor("F32", n, bytes_of(values)));
    ASSERT_EQ(run({"convert", "in", "-o", "out"}).status, 0);
    expect_codes(read_safetensors(path("out")).data_of("t"), {values.begin(), values.end()}, e4m3);
  }
}

/// In the file: F32, then integers that would lose their alignment if they stayed behind what
/// becomes one byte each.
TEST_F(f8cast, copies_what_it_does_not_cast) {
  const std::string bytes8 = "12345678";
  const std::string data =
      bytes_of<float>({1, 2, 3}) + bytes8 + bytes_of<float>({4}) + "ab" + bytes8;
  write("in",
        safetensors('{' + entry("w", "F32", "[3]", 0, 12) + ',' + entry("i", "I64", "[1]", 12, 20) +
                        ',' + entry("v", "F32", "[]", 20, 24) + ',' +
                        entry("b", "BOOL", "[2,1]", 24, 26) + ',' +
                        entry("p", "F4", "[4,4]", 26, 34) + '}',
                    data));
  ASSERT_EQ(run({"convert", "in", "-o", "out"}).status, 0);
  const contents out = read_safetensors(path("out"));
  expect_no_holes(out, {{"F8_E4M3", 1}, {"I64", 8}, {"BOOL", 1}, {"F4", 1}});
  EXPECT_EQ(out.header.size(), 5U);
  EXPECT_EQ(out.header["i"]["dtype"], "I64");
  EXPECT_EQ(out.data_of("i"), bytes8);
  EXPECT_EQ(out.header["b"]["shape"], json::array({2, 1}));
  EXPECT_EQ(out.data_of("b"), "ab");
  EXPECT_EQ(out.data_of("p"), bytes8);
  expect_codes(out.data_of("w"), {1, 2, 3}, e4m3);
  expect_codes(out.data_of("v"), {4}, e4m3);
}

TEST_F(f8cast, keeps_names_shapes_and_metadata_whatever_they_are) {
  const std::string name = R"(a \"quoted\"\n\\ größe \u0001)";
  const std::string notes = R"("__metadata__":{"format":"pt","note \"1\"":"größe\n"})";
  write("in", safetensors('{' + notes + ',' + entry(name, "F32", "[1,1,1]", 0, 4) + ',' +
                              entry("", "F32", "[0]", 4, 4) + '}',
                          bytes_of<float>({1})));
  ASSERT_EQ(run({"convert", "in", "-o", "out"}).status, 0);
  const json out = read_safetensors(path("out")).header;
  EXPECT_EQ(out["__metadata__"], json::parse('{' + notes + '}')["__metadata__"]);
  EXPECT_EQ(out[json::parse('"' + name + '"').get<std::string>()]["shape"], json::array({1, 1, 1}));
  EXPECT_EQ(out[""]["shape"], json::array({0}));
  EXPECT_EQ(out.size(), 3U);
}

TEST_F(f8cast, adds_no_metadata_of_its_own) {
  write("in", one_tensor("F32", 1, bytes_of<float>({1})));
  ASSERT_EQ(run({"convert", "in", "-o", "out"}).status, 0);
  EXPECT_EQ(read_safetensors(path("out")).header.size(), 1U);
}

TEST_F(f8cast, writes_a_file_without_tensors) {
  write("in", safetensors("{}", ""));
  ASSERT_EQ(run({"convert", "in", "-o", "out"}).status, 0);
  EXPECT_EQ(read_file(path("out")), little_endian(8) + "{}      ");
}

// ------------------------------------------------------ what has no number after a conversion

struct lost {
  std::uint64_t infinite = 0;
  std::uint64_t nan = 0;
  std::uint64_t scales = 0;

  std::string in_words() const {
    const auto counted = [](std::uint64_t n, const std::string& what) {
      return std::to_string(n) + ' ' + what + (n == 1 ? "" : "s");
    };
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (infinite > 0) add(counted(infinite, "value") + " became infinite");
    if (nan > 0) add(counted(nan, "value") + " became NaN");
    if (scales > 0)
      add(counted(scales, "scale") + (scales == 1 ? " is" : " are") + " NaN or infinite");
    return text;
  }
};

/// From which magnitude on the nearest number is an infinity: the largest, and half a unit in its
/// last place.
double least_infinite(const std::string& to) {
  if (to == "f16") return 0x1.ffep15;
  return to == "bf16" ? 0x1.ffp127 : 0x1.ffffffp127;
}

lost lost_by(const std::vector<double>& before, const std::vector<double>& after,
             const std::string& to) {
  lost result;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool is_infinite = std::fabs(after[i]) >= least_infinite(to);
    if (std::isfinite(before[i]) && is_infinite) ++result.infinite;
    if (!std::isnan(before[i]) && std::isnan(after[i])) ++result.nan;
  }
  return result;
}

std::string lines_of(const std::string& tensor, const lost& what) {
  const std::string text = what.in_words();
  return text.empty() ? "" : "f8cast: in: tensor '" + tensor + "': " + text + '\n';
}

std::string all_of_16_bits() {
  std::vector<std::uint16_t> all;
  for (unsigned bits = 0; bits < 0x10000; ++bits) all.push_back(static_cast<std::uint16_t>(bits));
  return bytes_of(all);
}

/// Around each threshold, and infinities and NaN, which are not lost.
std::string doubles_around_thresholds() {
  std::vector<double> all{0, 1, -1, INFINITY, -INFINITY, NAN, 1e300, -1e300};
  for (const std::string to : {"f16", "bf16", "f32"}) {
    const double least = least_infinite(to);
    for (const double x : {least, std::nextafter(least, 0), std::nextafter(least, INFINITY)}) {
      all.push_back(x);
      all.push_back(-x);
    }
  }
  return bytes_of(all);
}

TEST_F(f8cast, says_what_becomes_infinite) {
  for (const auto& [dtype, data] :
       {std::pair("F16", all_of_16_bits()), std::pair("BF16", all_of_16_bits()),
        std::pair("F64", doubles_around_thresholds())}) {
    const std::vector<double> values = values_in(dtype, data);
    write("in", one_tensor(dtype, values.size(), data));
    for (const std::string to : {"f16", "bf16", "f32"}) {
      SCOPED_TRACE(dtype + (" to " + to));
      const outcome conversion = run({"convert", "in", "-o", "out", "--to", to});
      ASSERT_EQ(conversion.status, 0);
      EXPECT_EQ(conversion.err, lines_of("t", lost_by(values, values, to)));
    }
  }
}

/// Every code by scales of every kind; an infinity by zero is NaN, and all by NaN are.
TEST_F(f8cast, says_what_becomes_of_codes_and_their_scales) {
  std::string codes;
  for (int code = 0; code < 256; ++code) codes += static_cast<char>(code);
  const std::vector<float> scales{1, 0, -2, 300, 1e35F, 0x1p127F, INFINITY, -INFINITY, NAN};
  for (const std::string dtype : {"F8_E4M3", "F8_E5M2"}) {
    std::vector<double> before;
    std::vector<double> after;
    std::string data;
    for (const float scale : scales) {
      for (const double x : values_in(dtype, codes)) {
        before.push_back(x);
        after.push_back(x * static_cast<double>(scale));
      }
      data += codes;
    }
    const std::string shape = '[' + std::to_string(scales.size()) + ",256]";
    write("in", safetensors('{' + entry("w", dtype, shape, 0, data.size()) + ',' +
                                entry("w_scale", "F32", '[' + std::to_string(scales.size()) + ",1]",
                                      data.size(), data.size() + 4 * scales.size()) +
                                '}',
                            data + bytes_of(scales)));
    for (const std::string to : {"f16", "bf16", "f32"}) {
      SCOPED_TRACE(dtype + " to " + to);
      lost expected = lost_by(before, after, to);
      expected.scales = 3;
      EXPECT_EQ(run({"convert", "in", "-o", "out", "--to", to}).err, lines_of("w", expected));
    }
  }
}

TEST_F(f8cast, says_which_scales_of_powers_of_two_are_nan) {
  for (const std::string dtype : {"U8", "F8_E8M0"}) {
    write("in", safetensors('{' + entry("w", "F8_E4M3", "[1,64]", 0, 64) + ',' +
                                entry("w_scale", dtype, "[1,2]", 64, 66) + '}',
                            std::string(64, '\x38') + "\x7F\xFF"));
    EXPECT_EQ(run({"convert", "in", "-o", "out", "--to", "f32"}).err,
              "f8cast: in: tensor 'w': 32 values became NaN, 1 scale is NaN or infinite\n");
  }
}

TEST_F(f8cast, names_the_tensors_that_lose_values) {
  std::string entries;
  std::string expected;
  std::vector<float> values;
  for (std::size_t i = 0; i < 50; ++i) {
    const std::string name = std::to_string(i);
    entries += (i == 0 ? "" : ",") + entry(name, "F32", "[2]", 8 * i, 8 * i + 8);
    const bool loses = i % 2 == 1;
    values.insert(values.end(), {1, loses ? 1e6F : 2});
    if (loses && i < 40) expected += "f8cast: in: tensor '" + name + "': 1 value became infinite\n";
  }
  write("in", safetensors('{' + entries + '}', bytes_of(values)));
  const outcome half = run({"convert", "in", "-o", "out", "--to", "f16"});
  EXPECT_EQ(half.status, 0);
  EXPECT_EQ(half.err, expected + "f8cast: the same in 5 tensors more\n");
  write("in", one_tensor("F32", 3, bytes_of<float>({448, 500, -INFINITY})));
  EXPECT_EQ(run({"convert", "in", "-o", "out"}).err,
            "f8cast: in: tensor 't': 2 values saturated\n");
}

TEST_F(f8cast, counts_what_it_met_in_all_tensors) {
  write("in", safetensors('{' + entry("a", "F32", "[4]", 0, 16) + ',' +
                              entry("b", "F32", "[4]", 16, 32) + '}',
                          bytes_of<float>({500, 1e-9F, NAN, 1, 600, 1e-9F, NAN, 2})));
  EXPECT_NE(run({"convert", "in", "-o", "out"})
                .out.find("\n8 values: 2 saturated, 2 became zero, 2 NaN; the largest is 600\n"),
            std::string::npos);
}

}  // namespace
}  // namespace f8cast_test
