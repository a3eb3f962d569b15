// What is in a file.
#include <sstream>

#include "harness.hpp"
#include "stored.hpp"

namespace f8cast_test {
namespace {

class info : public f8cast {
 protected:
  std::string of(const std::string& file) const {
    const outcome result = run({"info", write("file", file)});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return result.out;
  }
};

TEST_F(info, lists_the_tensors_and_the_totals_of_each_dtype) {
  const std::string out = of(file_of({{"a", "F32", {2, 3}, std::string(24, 'x')},
                                      {"b", "F32", {}, std::string(4, 'x')},
                                      {"c", "F4", {6}, std::string(3, 'x')},
                                      {"d", "I64", {0, 5}, ""}}));
  EXPECT_EQ(row_of("a", out), (words{"F32", "2x3", "24"}));
  EXPECT_EQ(row_of("b", out), (words{"F32", "scalar", "4"}));
  EXPECT_EQ(row_of("c", out), (words{"F4", "6", "3", "not", "understood"}));
  EXPECT_EQ(row_of("d", out), (words{"I64", "0x5", "0"}));
  EXPECT_EQ(row_of("2 tensors", out), (words{"F32", "7", "28"}));
  EXPECT_EQ(row_of("4 tensors", out), (words{"13", "31"}));
}

TEST_F(info, shows_metadata_and_lets_none_drive_the_terminal) {
  const std::string file = safetensors(R"({"__metadata__":{"k":"v \u001b[2J","format":"pt"}})", "");
  const std::string out = of(file);
  EXPECT_NE(out.find("\n  format: pt\n  k: v \\x1B[2J\n"), std::string::npos) << out;
  const std::string heading =
      path("file") + ": safetensors, 0 tensors, " + std::to_string(file.size()) + " bytes\n";
  EXPECT_EQ(out.rfind(heading, 0), 0U) << out;
}

TEST_F(info, knows_a_npy_file) {
  std::string header = "{'descr': '<f2', 'fortran_order': False, 'shape': (3, 1), }";
  const std::string file =
      "\x93NUMPY\x01" + std::string(1, '\0') + little_endian(header.size(), 2) + header + "xxxxxx";
  const outcome result = run({"info", write("array.npy", file)});
  EXPECT_NE(result.out.find(": a NumPy array, 1 tensor, "), std::string::npos) << result.out;
  EXPECT_EQ(row_of("array", result.out), (words{"F16", "3x1", "6"}));
}

/// 300 matrices of 5 x 8, and scales of each shape that says what shares one.
TEST_F(info, finds_the_scales_of_a_tensor) {
  struct scaling {
    std::vector<std::size_t> shape;
    std::string printed, layout;
  };
  const std::vector<scaling> known{{{}, "scalar", "tensor"},
                                   {{1}, "1", "tensor"},
                                   {{1, 1}, "1x1", "tensor"},
                                   {{300}, "300", "matrix"},
                                   {{300, 1, 1}, "300x1x1", "matrix"},
                                   {{300, 5, 1}, "300x5x1", "row"},
                                   {{300, 5}, "300x5", "row"},
                                   {{300, 1, 8}, "300x1x8", "column"},
                                   {{300, 5, 2}, "300x5x2", "block of 1x4"},
                                   {{3, 1, 1}, "3x1x1", "block of 128x5x8"},
                                   {{300, 1}, "300x1", "row"},
                                   {{1, 40}, "", ""},
                                   {{3, 1}, "3x1", "block of 128x40"},
                                   {{300, 2}, "", ""},
                                   {{10, 3}, "", ""},
                                   {{7, 1}, "", ""},
                                   {{40}, "", ""},
                                   {{299, 40}, "", ""},
                                   {{1, 2, 3}, "", ""},
                                   {{0, 1}, "", ""}};
  for (const std::string suffix : {"_scale", "_scale_inv"}) {
    for (const scaling& s : known) {
      SCOPED_TRACE(s.printed);
      std::size_t count = 1;
      for (const std::size_t n : s.shape) count *= n;
      const std::string out =
          of(file_of({{"w", "F8_E4M3", {300, 5, 8}, std::string(12000, 'x')},
                      {"w" + suffix, "BF16", s.shape, std::string(2 * count, 'x')}}));
      const auto row = row_of("w", out);
      if (s.printed.empty()) {
        EXPECT_EQ(row, (words{"F8_E4M3", "300x5x8", "12000", "not", "understood"}));
        EXPECT_NE(out.find("\nNot understood\n  w: F8_E4M3, shape 300x5x8: its scales 'w" + suffix),
                  std::string::npos);
        continue;
      }
      ASSERT_GE(row.size(), 7U);
      EXPECT_EQ((words{row.begin(), row.begin() + 6}),
                (words{"F8_E4M3", "300x5x8", "12000", suffix, "BF16", s.printed}));
      std::string layout = row[6];
      for (std::size_t i = 7; i < row.size(); ++i) layout += ' ' + row[i];
      EXPECT_EQ(layout, s.layout);
    }
  }
}

TEST_F(info, of_shards_is_of_all_of_them) {
  write("one", file_of({{"w", "F8_E4M3", {2, 2}, "xxxx"}}));
  write("two", file_of({{"w_scale", "F32", {2, 1}, "xxxxxxxx"}}));
  write("m.index.json",
        R"({"metadata":{"total_size":12,"by":"hand"},"weight_map":{"w":"one","w_scale":"two"}})");
  const std::string out = run({"info", "m.index.json"}).out;
  EXPECT_EQ(out.rfind("m.index.json: 2 shards\n  one: safetensors, 1 tensor, ", 0), 0U) << out;
  EXPECT_NE(out.find("\n  two: safetensors, 1 tensor, "), std::string::npos);
  EXPECT_NE(out.find("\n  by: hand\n  total_size: 12\n"), std::string::npos);
  EXPECT_EQ(row_of("w", out), (words{"F8_E4M3", "2x2", "4", "_scale", "F32", "2x1", "row"}));
  EXPECT_EQ(row_of("2 tensors", out), (words{"6", "12"}));
}

TEST_F(info, takes_for_scales_only_what_belongs_to_8_bit_floating_point_by_a_known_name) {
  const std::string out = of(file_of({{"w", "F32", {1}, "xxxx"},
                                      {"w_scale", "F32", {1}, "xxxx"},
                                      {"v", "F8_E5M2", {1}, "x"},
                                      {"v.scale", "F32", {1}, "xxxx"}}));
  EXPECT_EQ(row_of("w", out), (words{"F32", "1", "4"}));
  EXPECT_EQ(row_of("v", out), (words{"F8_E5M2", "1", "1", "not", "understood"}));
  EXPECT_NE(out.find("\n  v: has 'v.scale' beside it, which is not understood\n"),
            std::string::npos);
}

/// The lines that begin with "t", as long names do, which leave the numbers to the next line.
std::vector<std::string> names_in(const std::string& out) {
  std::vector<std::string> result;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("t:", 0) == 0) result.push_back(line.substr(0, line.find(' ')));
  }
  return result;
}

TEST_F(info, lists_tensors_in_the_order_of_their_bytes_whatever_that_of_the_header) {
  write("file",
        safetensors('{' + entry("t:c", "U8", "[0]", 4, 4) + ',' + entry("t:d", "U8", "[2]", 4, 6) +
                        ',' + entry("t:b", "F32", "[1]", 0, 4) + ',' +
                        entry("t:a", "U8", "[0]", 0, 0) + '}',
                    "xxxxxx"));
  EXPECT_EQ(names_in(run({"info", "file"}).out), (words{"t:a", "t:b", "t:c", "t:d"}));
}

/// A table of more text than is in memory at a time.
TEST_F(info, lists_any_number_of_tensors) {
  words names;
  std::string header;
  for (std::size_t i = 0; i < 6000; ++i) {
    names.push_back("t:" + std::to_string(i) + std::string(1000, 'n'));
    header += (i == 0 ? '{' : ',') + entry(names.back(), "U8", "[0]", 0, 0);
  }
  write("file", safetensors(header + '}', ""));
  EXPECT_TRUE(names_in(run({"info", "file"}).out) == names);  // not printed: six megabytes
  if (is_sanitized()) return;                                 // a sanitizer opens files of its own
  const outcome no_room = run({"info", "file"}, "ulimit -n 4; ");
  EXPECT_EQ(no_room.status, 1);
  EXPECT_EQ(no_room.err, "f8cast: temporary file: Too many open files\n");
}

/// Two gigabytes that are not there: a file with a hole.
TEST_F(info, reads_the_header_alone) {
  const std::string limits = is_sanitized() ? "ulimit -t 1; " : "ulimit -t 1; ulimit -v 1000000; ";
  const std::uint64_t bytes = std::uint64_t{1} << 31;
  const std::string header =
      '{' + entry("t", "U8", '[' + std::to_string(bytes) + ']', 0, bytes) + '}';
  std::filesystem::resize_file(write("large", safetensors(header, "")), 8 + header.size() + bytes);
  const outcome result = run({"info", "large"}, limits);
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(row_of("t", result.out), (words{"U8", "2147483648", "2147483648"}));
}

TEST_F(info, refuses_what_report_refuses) {
  write("file", safetensors("[]", ""));
  const outcome refusal = run({"info", "file"});
  EXPECT_EQ(refusal.status, 1);
  EXPECT_EQ(refusal.out, "");
  EXPECT_EQ(refusal.err.rfind("f8cast: file: ", 0), 0U) << refusal.err;
  EXPECT_EQ(refusal.err, run({"report", "file"}).err);
}

}  // namespace
}  // namespace f8cast_test
