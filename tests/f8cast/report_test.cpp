// What the table says.
#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include "expectation.hpp"
#include "harness.hpp"
#include "read_back.hpp"

namespace f8cast_test {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

/// The numbers are printed to three digits.
void expect_row(const std::vector<std::string>& row, const expectation& expected) {
  ASSERT_EQ(row.size(), max + 1);
  expect_close(row[largest], expected.largest);
  EXPECT_EQ(row[saturated], std::to_string(expected.saturated));
  EXPECT_EQ(row[to_zero], std::to_string(expected.to_zero));
  EXPECT_EQ(row[nan], std::to_string(expected.nans));
  EXPECT_NEAR(std::stod(row[snr]), expected.snr_db, 0.00501);
  EXPECT_EQ(row[error].back(), '%');
  expect_close(row[error], expected.error);
  expect_close(row[min], expected.quantile(0));
  expect_close(row[percent_1], expected.quantile(0.01));
  expect_close(row[median], expected.quantile(0.5));
  expect_close(row[percent_99], expected.quantile(0.99));
  expect_close(row[max], expected.quantile(1));
}

std::string joined_by_x(const nlohmann::json& list) {
  std::string text = list.dump();
  std::replace(text.begin(), text.end(), ',', 'x');
  return text.substr(1, text.size() - 2);
}

void expect_report_on_shipped_weights(const outcome& report, const format& to) {
  ASSERT_EQ(report.status, 0) << report.err;
  EXPECT_EQ(report.err, "");
  std::vector<double> all;
  const contents weights = read_safetensors(F8CAST_SHIPPED);
  for (const auto& [name, entry] : weights.header.items()) {
    if (name == "__metadata__") continue;
    SCOPED_TRACE(name);
    const std::vector<double> values = floats_in(weights.data_of(name));
    const auto row = row_of(name, report.out);
    expect_row(row, expect_of(values, to));
    EXPECT_EQ(row[dtype], "F32");
    EXPECT_EQ(row[shape], joined_by_x(entry.at("shape")));
    all.insert(all.end(), values.begin(), values.end());
  }
  EXPECT_EQ(all.size(), 309632U);
  auto total = row_of("14 tensors cast", report.out);
  ASSERT_FALSE(total.empty());
  EXPECT_EQ(total[0], std::to_string(all.size()));
  total.insert(total.begin(), "");  // it has no dtype
  expect_row(total, expect_of(all, to));
}

TEST_F(f8cast, reports_on_the_shipped_weights_as_plain_double_arithmetic_does) {
  expect_report_on_shipped_weights(run({"report", F8CAST_SHIPPED}), e4m3);
  expect_report_on_shipped_weights(run({"report", F8CAST_SHIPPED, "--to", "e5m2"}), e5m2);
}

/// As an installed one does, wherever its folders were moved to.
TEST_F(f8cast, finds_the_shipped_weights_from_where_it_is_itself) {
  namespace fs = std::filesystem;
  fs::create_directories(path(F8CAST_BIN));
  fs::create_directories(path(F8CAST_DATA));
  fs::copy(program_, path(F8CAST_BIN));
  const std::string weights = fs::path(F8CAST_SHIPPED).filename().string();
  write(F8CAST_DATA + ('/' + weights), one_tensor("F32", 1, bytes_of<float>({3})));
  program_ = path(F8CAST_BIN + ('/' + fs::path(program_).filename().string()));
  EXPECT_EQ(row_of("1 tensor cast", run({}).out).at(0), "1");
}

TEST_F(f8cast, reports_on_the_shipped_weights_when_nothing_is_said) {
  const outcome nothing = run({});
  expect_report_on_shipped_weights(nothing, e4m3);
  EXPECT_EQ(run({"report"}).out, nothing.out);
  EXPECT_EQ(run({"report", "--to", "e4m3"}).out, nothing.out);
  EXPECT_EQ(run({"report", F8CAST_SHIPPED}).out, nothing.out);
}

/// By hand: e4m3 ends at 448, the tie to 480 is 464 and rounds to 448; the smallest value is 2^-9,
/// and the tie to zero, 2^-10, rounds to zero.
TEST_F(f8cast, counts_what_saturates_and_what_becomes_zero) {
  const auto nan_value = std::numeric_limits<float>::quiet_NaN();
  const auto infinity = std::numeric_limits<float>::infinity();
  const std::vector<float> values{
      464.0F,
      std::nextafter(464.0F, 500.0F),
      -465.0F,
      1e30F,
      infinity,
      -infinity,  // 5 saturate
      std::ldexp(1.0F, -10),
      -std::ldexp(1.0F, -10),
      1e-40F,                                       // 3 become zero
      std::nextafter(std::ldexp(1.0F, -10), 1.0F),  // becomes 2^-9: error 100%
      0.0F,
      -0.0F,
      nan_value,
      -nan_value,
      1.0F,
  };
  const auto row = row_of(
      "t", run({"report", write("a", one_tensor("F32", values.size(), bytes_of(values)))}).out);
  ASSERT_EQ(row.size(), max + 1);
  EXPECT_EQ(row[saturated], "5");
  EXPECT_EQ(row[to_zero], "3");
  EXPECT_EQ(row[nan], "2");
  EXPECT_EQ(row[largest], "inf");
  EXPECT_EQ(row[error], "100%");
  EXPECT_EQ(row[min], "-448");
  EXPECT_EQ(row[max], "448");
}

TEST_F(f8cast, reads_every_floating_point_dtype) {
  // 1, -2, 0.5, and what rounds to 1.25
  const std::vector<std::pair<std::string, std::string>> encodings{
      {"F64", bytes_of<double>({1, -2, 0.5, 1.1875000000000002})},
      {"F32", bytes_of<float>({1, -2, 0.5, 1.1875001F})},
      {"F16", bytes_of<std::uint16_t>({0x3C00, 0xC000, 0x3800, 0x3CC1})},
      {"BF16", bytes_of<std::uint16_t>({0x3F80, 0xC000, 0x3F00, 0x3F99})},
  };
  for (const auto& [type, data] : encodings) {
    SCOPED_TRACE(type);
    const auto row = row_of("t", run({"report", write("a", one_tensor(type, 4, data))}).out);
    ASSERT_EQ(row.size(), max + 1);
    EXPECT_EQ(row[dtype], type);
    EXPECT_EQ(row[min], "-2");
    EXPECT_EQ(row[median], "0.5");
    EXPECT_EQ(row[max], "1.25");
    EXPECT_EQ(row[largest], "2");
  }
}

/// A double that lies above the tie between 1 and 1.125 by less than a float can say.
TEST_F(f8cast, casts_doubles_with_one_rounding) {
  const auto row = row_of(
      "t",
      run({"report", write("a", one_tensor("F64", 1, bytes_of<double>({1.0625 + 1e-15})))}).out);
  ASSERT_EQ(row.size(), max + 1);
  EXPECT_EQ(row[max], "1.12");
}

TEST_F(f8cast, says_what_it_does_not_cast) {
  const std::string file = safetensors(
      '{' + entry("a", "I64", "[1]", 0, 8) + ',' + entry("b", "BOOL", "[2]", 8, 10) + ',' +
          entry("c", "F4", "[4]", 10, 12) + ',' + entry("d", "F8_E4M3", "[2]", 12, 14) + '}',
      std::string(14, '\1'));
  const outcome report = run({"report", write("a", file)});
  EXPECT_EQ(report.status, 0) << report.err;
  EXPECT_EQ(row_of("a", report.out), (words{"I64", "1", "not", "cast"}));
  EXPECT_EQ(row_of("b", report.out), (words{"BOOL", "2", "not", "cast"}));
  EXPECT_EQ(row_of("c", report.out), (words{"F4", "4", "not", "cast"}));
  EXPECT_EQ(row_of("d", report.out), (words{"F8_E4M3", "2", "not", "cast"}));
  EXPECT_EQ(row_of("0 tensors cast", report.out).at(0), "0");
}

TEST_F(f8cast, knows_scalars_and_tensors_without_elements_or_numbers_or_noise) {
  const std::string file = safetensors('{' + entry("scalar", "F32", "[]", 0, 4) + ',' +
                                           entry("empty", "F32", "[3,0,2]", 4, 4) + ',' +
                                           entry("nans", "F32", "[2]", 4, 12) + ',' +
                                           entry("zeros", "F32", "[2]", 12, 20) + '}',
                                       bytes_of<float>({0.3F, NAN, NAN, 0, -0.0F}));
  const outcome report = run({"report", write("a", file)});
  ASSERT_EQ(report.status, 0) << report.err;
  const auto scalar = row_of("scalar", report.out);
  EXPECT_EQ(scalar[shape], "scalar");
  EXPECT_EQ(scalar[median], "0.312");
  const auto empty = row_of("empty", report.out);
  EXPECT_EQ(empty[shape], "3x0x2");
  EXPECT_EQ(empty[snr], "-");
  EXPECT_EQ(empty[min], "-");
  EXPECT_EQ(empty[max], "-");
  const auto nans = row_of("nans", report.out);
  EXPECT_EQ(nans[nan], "2");
  EXPECT_EQ(nans[median], "-");
  const auto zeros = row_of("zeros", report.out);
  EXPECT_EQ(zeros[to_zero], "0");
  EXPECT_EQ(zeros[min], "-0");
  EXPECT_EQ(zeros[max], "0");
  EXPECT_EQ(zeros[snr], "-");
}

TEST_F(f8cast, calls_an_exact_cast_infinitely_good) {
  const auto row = row_of(
      "t", run({"report", write("a", one_tensor("F32", 2, bytes_of<float>({0.5F, -448})))}).out);
  EXPECT_EQ(row[snr], "inf");
  EXPECT_EQ(row[error], "0%");
}

TEST_F(f8cast, accepts_a_file_without_tensors) {
  const outcome report = run({"report", write("a", safetensors("{}", ""))});
  EXPECT_EQ(report.status, 0) << report.err;
  EXPECT_EQ(row_of("0 tensors cast", report.out).at(0), "0");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST_F(f8cast, keeps_its_lines_within_120_columns_and_its_names_whole) {
  const std::string long_name(100, 'n');
  const std::string file =
      safetensors('{' + entry(long_name, "F32", "[1]", 0, 4) + '}', bytes_of<float>({-0.00195F}));
  const outcome report = run({"report", write("a", file)});
  bool found = false;
  for (const std::string& line : lines_of(report.out)) {
    EXPECT_LE(line.size(), 120U) << line;
    found = found || line == long_name;
  }
  EXPECT_TRUE(found);
  for (const std::string& line : lines_of(run({}).out)) EXPECT_LE(line.size(), 120U) << line;
}

TEST_F(f8cast, aligns_names_of_other_alphabets_and_lets_none_drive_the_terminal) {
  const std::string file = safetensors(
      '{' + entry("größe", "F32", "[]", 0, 4) + ',' + entry("grosse", "F32", "[]", 4, 8) + ',' +
          entry(R"(a\u001b[2J\n\u009b\u00a0)", "F32", "[]", 8, 12) + '}',
      bytes_of<float>({1, 1, 1}));
  const outcome report = run({"report", write("a", file)});
  EXPECT_FALSE(row_of("a\\x1B[2J\\x0A\\xC2\\x9B\u00A0", report.out).empty()) << report.out;
  const auto width_of = [&](const std::string& name) {
    const auto begin = report.out.find('\n' + name + ' ');
    return report.out.find('\n', begin + 1) - begin;
  };
  EXPECT_EQ(width_of("größe"), width_of("grosse") + 2) << "two of the letters take two bytes";
}

/// More elements than are cast at a time, and one fewer, and one more.
TEST_F(f8cast, reports_alike_wherever_the_pieces_end) {
  for (const std::size_t n : {65535U, 65536U, 65537U, 200000U}) {
    SCOPED_TRACE(n);
    const std::vector<float> values = wave(n);
    const auto row =
        row_of("t", run({"report", write("a", one_tensor("F32", n, bytes_of(values)))}).out);
    expect_row(row, expect_of({values.begin(), values.end()}, e4m3));
  }
}

TEST_F(f8cast, has_no_ratio_for_doubles_whose_squares_overflow) {
  const auto row = row_of(
      "t", run({"report", write("a", one_tensor("F64", 2, bytes_of<double>({1e300, inf})))}).out);
  EXPECT_EQ(row[largest], "inf");
  EXPECT_EQ(row[saturated], "2");
  EXPECT_EQ(row[snr], "-");
}

/// As convert copies what is not selected.
TEST_F(f8cast, reports_on_the_selected_tensors) {
  write("in", safetensors('{' + entry("a.w", "F32", "[1,1]", 0, 4) + ',' +
                              entry("b.w", "F32", "[1,1]", 4, 8) + ',' +
                              entry("b.x", "F32", "[1,1]", 8, 12) + '}',
                          bytes_of<float>({1, 2, 3})));
  const std::string out = run({"report", "in", "--include", "*.w", "--exclude", "a*"}).out;
  EXPECT_EQ(row_of("a.w", out), (std::vector<std::string>{"F32", "1x1", "not", "cast"}));
  EXPECT_EQ(row_of("b.w", out).at(max), "2");
  EXPECT_EQ(row_of("b.x", out), (std::vector<std::string>{"F32", "1x1", "not", "cast"}));
  EXPECT_EQ(row_of("1 tensor cast", out).at(0), "1");
  EXPECT_NE(run({"report", "in", "--compare", "--include", "b*"}).out.find("2 values in 2 tensors"),
            std::string::npos);
}

}  // namespace
}  // namespace f8cast_test
