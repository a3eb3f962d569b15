// In what two files differ.
#include <cmath>
#include <functional>
#include <limits>

#include <nlohmann/json.hpp>

#include "expectation.hpp"
#include "harness.hpp"
#include "stored.hpp"

namespace f8cast_test {
namespace {

/// The columns of a row after the name.
enum diff_column : std::size_t { a, b, values, differ, difference, relative, zero, ratio, columns };

class diff : public f8cast {
 protected:
  outcome of(const std::vector<stored>& first, const std::vector<stored>& second) const {
    return run({"diff", write("a", file_of(first)), write("b", file_of(second))});
  }

  /// The row of the tensor "t".
  words row(const std::vector<stored>& first, const std::vector<stored>& second) const {
    const outcome result = of(first, second);
    EXPECT_EQ(result.status, 1) << result.err;
    words cells = row_of("t", result.out);
    EXPECT_EQ(cells.size(), columns) << result.out;
    cells.resize(columns);
    return cells;
  }
};

stored floats(const std::vector<float>& x) {
  return {"t", "F32", {x.size()}, bytes_of(x)};
}

TEST_F(diff, finds_none_whatever_the_order_and_the_metadata) {
  const stored x{"x", "F32", {2}, bytes_of<float>({1, NAN})};
  const stored y{"y", "C64", {1}, "12345678"};
  const outcome same = of({x, y}, {y, x});
  EXPECT_EQ(same.status, 0) << same.err;
  EXPECT_EQ(same.err, "");
  EXPECT_NE(same.out.find("\n2 tensors, none differs\n"), std::string::npos) << same.out;
  const std::string header =
      "{\"__metadata__\":{\"k\":\"v\"}," + entry("x", "U8", "[1]", 0, 1) + '}';
  write("b", safetensors(header, "z"));
  EXPECT_EQ(run({"diff", write("a", file_of({{"x", "U8", {1}, "z"}})), "b"}).status, 0);
}

TEST_F(diff, compares_the_selected_tensors) {
  write("a", file_of({{"x", "U8", {1}, "1"}, {"y", "U8", {1}, "1"}, {"z", "U8", {1}, "1"}}));
  write("b", file_of({{"x", "U8", {1}, "1"}, {"y", "U8", {1}, "2"}}));
  EXPECT_EQ(run({"diff", "a", "b", "--exclude", "[yz]"}).status, 0);
  EXPECT_EQ(run({"diff", "a", "b", "--include", "x", "--include", "z"}).status, 1);
  EXPECT_EQ(row_of("y", run({"diff", "a", "b", "--include", "y"}).out).front(), "U8");
}

/// More values than are read at a time.
TEST_F(diff, measures_what_plain_double_arithmetic_does) {
  const std::vector<float> x = wave(150'000);
  std::vector<float> y = x;
  std::uint64_t differing = 0;
  double signal = 0, noise = 0, largest = 0, error = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (i % 7 == 3) y[i] += static_cast<float>(std::cos(static_cast<double>(i)));
    const double e = static_cast<double>(y[i]) - static_cast<double>(x[i]);
    differing += e != 0;
    signal += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    noise += e * e;
    largest = std::max(largest, std::fabs(e));
    if (x[i] != 0) error = std::max(error, std::fabs(e / static_cast<double>(x[i])));
  }
  const words cells = row({floats(x)}, {floats(y)});
  EXPECT_EQ(cells[a], "F32");
  EXPECT_EQ(cells[b], "F32");
  EXPECT_EQ(cells[values], "150000");
  EXPECT_EQ(cells[differ], std::to_string(differing));
  expect_close(cells[difference], largest);
  expect_close(cells[relative], 100 * error);
  EXPECT_EQ(cells[zero], "0");
  EXPECT_NEAR(std::stod(cells[ratio]), 10 * std::log10(signal / noise), 0.00501);
}

/// By hand: 4 became 5, 2 became 0; signal 16 + 4 + 1, noise 1 + 4.
TEST_F(diff, leaves_what_is_not_finite_out_of_the_errors_and_zeros_out_of_the_relative_one) {
  const float inf = std::numeric_limits<float>::infinity();
  const words cells = row({floats({4, 2, 0, 1, NAN, NAN, inf, inf, 3})},
                          {floats({5, 0, 0, 1, -NAN, 1, inf, -inf, NAN})});
  EXPECT_EQ(cells, (words{"F32", "F32", "9", "5", "2", "25%", "1", "6.23"}));
}

TEST_F(diff, sees_bits_that_do_not_change_a_value) {
  EXPECT_EQ(row({floats({0, 1})}, {floats({-0.0F, 1})}),
            (words{"F32", "F32", "2", "0", "0", "0%", "0", "inf"}));
  const words as_double = row({floats({1.5F})}, {{"t", "F64", {1}, bytes_of<double>({1.5})}});
  EXPECT_EQ(as_double, (words{"F32", "F64", "1", "0", "0", "0%", "0", "inf"}));
}

/// 0, 1, 2 and 64 in each type.
TEST_F(diff, reads_the_values_of_every_dtype) {
  const std::vector<stored> same{
      {"t", "F32", {4}, bytes_of<float>({0, 1, 2, 64})},
      {"t", "F16", {4}, bytes_of<std::uint16_t>({0, 0x3C00, 0x4000, 0x5400})},
      {"t", "BF16", {4}, bytes_of<std::uint16_t>({0, 0x3F80, 0x4000, 0x4280})},
      {"t", "F8_E4M3", {4}, std::string("\x00\x38\x40\x68", 4)},
      {"t", "F8_E5M2", {4}, std::string("\x00\x3C\x40\x54", 4)},
      {"t", "F8_E4M3FNUZ", {4}, std::string("\x00\x40\x48\x70", 4)},
      {"t", "F8_E5M2FNUZ", {4}, std::string("\x00\x40\x44\x58", 4)},
      {"t", "I64", {4}, bytes_of<std::int64_t>({0, 1, 2, 64})},
      {"t", "U64", {4}, bytes_of<std::uint64_t>({0, 1, 2, 64})},
      {"t", "I32", {4}, bytes_of<std::int32_t>({0, 1, 2, 64})},
      {"t", "U32", {4}, bytes_of<std::uint32_t>({0, 1, 2, 64})},
      {"t", "I16", {4}, bytes_of<std::uint16_t>({0, 1, 2, 64})},
      {"t", "U16", {4}, bytes_of<std::uint16_t>({0, 1, 2, 64})},
      {"t", "I8", {4}, std::string("\0\1\2\x40", 4)},
      {"t", "U8", {4}, std::string("\0\1\2\x40", 4)},
      {"t", "BOOL", {4}, std::string("\0\1\2\x40", 4)},
  };
  const stored doubles{"t", "F64", {4}, bytes_of<double>({0, 1, 2, 64})};
  const stored others{"t", "F64", {4}, bytes_of<double>({0, 1, 2, 65})};
  for (const stored& t : same) {
    SCOPED_TRACE(t.dtype);
    EXPECT_EQ(row({t}, {doubles}), (words{t.dtype, "F64", "4", "0", "0", "0%", "0", "inf"}));
    EXPECT_EQ(row({t}, {others})[differ], "1");
  }
  const stored powers{"t", "F8_E8M0", {3}, "\x7E\x7F\x85"};
  EXPECT_EQ(row({powers}, {{"t", "F64", {3}, bytes_of<double>({0.5, 1, 64})}})[differ], "0");
  EXPECT_EQ(row({{"t", "I8", {1}, "\xFF"}}, {{"t", "F64", {1}, bytes_of<double>({-1})}})[differ],
            "0");
}

/// A matrix of codes with scales for each tile, in the layouts that checkpoints have, against the
/// values that it stands for: none may differ. Where each scale applies is said here by a function.
class scaled_diff : public diff {
 protected:
  struct layout {
    std::string suffix;
    std::vector<std::size_t> shape;
    std::function<std::size_t(std::size_t row, std::size_t column)> scale_of;
  };

  static constexpr std::size_t rows = 300;
  static constexpr std::size_t width = 333;

  void expect_equal_values(const layout& scales) const {
    std::size_t count = 1;
    for (const std::size_t n : scales.shape) count *= n;
    std::vector<float> factors(count);
    for (std::size_t i = 0; i < count; ++i) factors[i] = 0.37F + static_cast<float>(i % 1000);
    std::vector<std::uint8_t> codes(rows * width);
    std::vector<double> expected(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
      codes[i] = static_cast<std::uint8_t>(i * 37 % 0x7F);
      expected[i] = e4m3.value(codes[i]) *
                    static_cast<double>(factors[scales.scale_of(i / width, i % width)]);
    }
    const stored t{"t", "F8_E4M3", {rows, width}, text_of(codes)};
    const stored plain{"t", "F64", {rows, width}, bytes_of(expected)};
    const stored beside{"t" + scales.suffix, "F32", scales.shape, bytes_of(factors)};
    EXPECT_EQ(row({t, beside}, {plain})[differ], "0");
    EXPECT_NE(row({t}, {plain})[differ], "0") << "without its scales";
    const outcome reversed = of({plain}, {t, beside});
    EXPECT_EQ(row_of("t", reversed.out).at(differ), "0");
    EXPECT_TRUE(row_of("t" + scales.suffix, reversed.out).empty()) << "part of t";
  }
};

TEST_F(scaled_diff, applies_the_scales_of_every_layout) {
  const auto blocks = [](std::size_t tall, std::size_t wide) {
    const std::size_t across = (width + wide - 1) / wide;
    return [=](std::size_t row, std::size_t column) { return row / tall * across + column / wide; };
  };
  for (const layout& scales : std::initializer_list<layout>{
           {"_scale", {}, blocks(rows, width)},
           {"_scale_inv", {1}, blocks(rows, width)},
           {"_scale", {rows}, blocks(1, width)},
           {"_scale", {rows, 1}, blocks(1, width)},
           {"_scale", {1, width}, blocks(rows, 1)},
           {"_scale_inv", {3, 3}, blocks(128, 128)},
           {"_scale_inv", {rows, 3}, blocks(1, 128)},
           {"_scale", {rows, 11}, blocks(1, 32)},
           {"_scale", {75, 333}, blocks(4, 1)},
       }) {
    SCOPED_TRACE(scales.suffix + ' ' + nlohmann::json(scales.shape).dump());
    expect_equal_values(scales);
  }
}

/// e8m0's codes, whether a file calls them so or U8.
TEST_F(diff, multiplies_by_powers_of_two_of_8_bits) {
  const stored codes{"t", "F8_E5M2", {1, 64}, std::string(64, '\x3C')};  // 1
  std::vector<float> expected(32, 0.5F);
  expected.resize(64, 2);
  for (const std::string type : {"F8_E8M0", "U8"}) {
    const stored scales{"t_scale", type, {1, 2}, "\x7E\x80"};  // 0.5, 2
    EXPECT_EQ(row({codes, scales}, {{"t", "F32", {1, 64}, bytes_of(expected)}})[differ], "0");
  }
}

/// The codes are the same, the scales are not.
TEST_F(diff, sees_that_scales_differ) {
  const stored codes{"t", "F8_E4M3", {2}, "\x38\x38"};
  const stored one{"t_scale", "F32", {1}, bytes_of<float>({1})};
  const stored two{"t_scale", "F32", {1}, bytes_of<float>({2})};
  EXPECT_EQ(row({codes, one}, {codes, two}),
            (words{"F8_E4M3", "F8_E4M3", "2", "2", "1", "100%", "0", "0.00"}));
  const stored empty{"t", "F8_E4M3", {3, 0}, ""};
  EXPECT_EQ(row({empty, one}, {empty, two})[differ], "0");
  const outcome none_in_b = of({codes, one}, {codes});
  EXPECT_EQ(none_in_b.status, 1);
  EXPECT_EQ(row_of("t", none_in_b.out)[differ], "0");
}

TEST_F(diff, says_what_only_one_has_and_what_cannot_be_compared) {
  const outcome result = of({{"left", "U8", {1}, "x"},
                             {"shape", "F32", {2, 3}, std::string(24, 'x')},
                             {"packed", "F4", {2}, "x"},
                             {"same", "F4", {2}, "x"},
                             {"left_scale", "F32", {1}, "xxxx"}},
                            {{"shape", "F32", {3, 2}, std::string(24, 'x')},
                             {"packed", "F4", {2}, "y"},
                             {"same", "F4", {2}, "x"},
                             {"right", "BF16", {}, "xx"}});
  EXPECT_EQ(result.status, 1) << result.err;
  EXPECT_EQ(row_of("left", result.out), (words{"U8", "1", "-", "only", "in", "A"}));
  EXPECT_EQ(row_of("right", result.out), (words{"-", "BF16", "scalar", "only", "in", "B"}));
  EXPECT_EQ(row_of("shape", result.out), (words{"F32", "2x3", "F32", "3x2", "shapes", "differ"}));
  EXPECT_EQ(row_of("packed", result.out), (words{"F4", "2", "F4", "2", "bytes", "differ"}));
  EXPECT_EQ(row_of("left_scale", result.out), (words{"F32", "1", "-", "only", "in", "A"}));
  EXPECT_TRUE(row_of("same", result.out).empty());
  EXPECT_LT(result.out.find("\nleft "), result.out.find("\npacked ")) << "in the order of A";
  EXPECT_LT(result.out.find("\nleft_scale "), result.out.find("\nright ")) << "A before B";
  EXPECT_EQ(row_of("5 of 6 tensors differ", result.out)[0], "0");
}

TEST_F(diff, compares_the_array_of_a_npy_file_with_an_only_tensor) {
  const std::string header = "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }";
  write("x.npy", "\x93NUMPY\x01" + std::string(1, '\0') + little_endian(header.size(), 2) + header +
                     std::string("\x3F\x80\0\0", 4));
  write("one", file_of({floats({1})}));
  write("two", file_of({floats({2})}));
  EXPECT_EQ(row_of("x", run({"diff", "x.npy", "two"}).out)[difference], "1");
  EXPECT_EQ(row_of("t", run({"diff", "two", "x.npy"}).out)[relative], "50%");
  EXPECT_EQ(row_of("t", run({"diff", "one", "x.npy"}).out)[differ], "0");
  EXPECT_EQ(run({"diff", "x.npy", "x.npy"}).status, 0);
}

/// The scales of one shard's tensor may be in another.
TEST_F(diff, takes_a_sharded_checkpoint_for_one_file) {
  write("one", file_of({{"t", "F8_E4M3", {2}, "\x38\x40"}}));  // 1, 2
  write("two", file_of({{"t_scale", "F32", {1}, bytes_of<float>({3})}, {"u", "U8", {1}, "x"}}));
  write("a.index.json", R"({"metadata":{},"weight_map":{"t":"one","t_scale":"two","u":"two"}})");
  write("b", file_of({{"u", "U8", {1}, "x"}, floats({3, 6})}));
  const outcome result = run({"diff", "a.index.json", "b"});
  EXPECT_EQ(row_of("t", result.out)[differ], "0") << result.err;
  EXPECT_EQ(row_of("1 of 2 tensors differs", result.out)[0], "2");
  EXPECT_EQ(run({"diff", "a.index.json", "a.index.json"}).status, 0);
}

TEST_F(diff, has_a_status_for_what_could_not_be_told) {
  write("a", file_of({floats({1})}));
  write("bad", "bad");
  const auto expect_trouble = [&](const words& arguments, const std::string& line,
                                  const std::string& redirection = "") {
    const outcome result = run(arguments, "", redirection);
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err, "f8cast: " + line + "\n");
  };
  expect_trouble({"diff", "a", "none"}, "none: No such file or directory");
  expect_trouble({"diff", "bad", "a"},
                 "bad: truncated: it ends before the 8 bytes of the header's length do (offset 3)");
  expect_trouble({"diff", "a", "a"}, "standard output: cannot be written", ">/dev/full");
  expect_trouble({"diff", "a"}, "B is required; see f8cast --help");
  write("unfit",
        file_of({{"t", "F8_E4M3", {6}, "xxxxxx"}, {"t_scale", "F16", {7}, std::string(14, 'x')}}));
  write("other", file_of({{"t", "F8_E4M3", {6}, "yyyyyy"}}));
  expect_trouble({"diff", "other", "unfit"},
                 "unfit: tensor 't': F8_E4M3, shape 6: its scales 't_scale', F16, shape 7, do not "
                 "fit its shape "
                 "(--ignore-scales takes codes as they are)");
}

}  // namespace
}  // namespace f8cast_test
