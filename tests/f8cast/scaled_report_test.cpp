// What the report says of scales, of the sizes of errors, and of formats side by side.
#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "harness.hpp"
#include "read_back.hpp"
#include "scaled_expectation.hpp"
#include "stored.hpp"

namespace f8cast_test {
namespace {

const std::vector<tiles> scalings{{"none"},          {"tensor"},
                                  {"row", 1, 0},     {"128x128", 128, 128},
                                  {"1x128", 1, 128}, {"mx", 1, 32, true}};

/// Numbers of some 30 binades, many of them too small for their neighbours' scale.
matrix spread(std::size_t rows, std::size_t columns) {
  matrix result{rows, columns, {}};
  for (std::size_t i = 0; i < rows * columns; ++i) {
    const auto t = static_cast<double>(i);
    result.values.push_back(
        static_cast<double>(static_cast<float>(std::sin(t) * std::exp2(15 * std::sin(0.37 * t)))));
  }
  return result;
}

std::string bytes_of_floats(const matrix& m) {
  return bytes_of(std::vector<float>(m.values.begin(), m.values.end()));
}

class scaled_report : public f8cast {
 protected:
  words row(const words& arguments) const {
    const outcome report = run(arguments);
    EXPECT_EQ(report.status, 0) << report.err;
    words cells = row_of("t", report.out);
    EXPECT_EQ(cells.size(), max + 1) << report.out;
    cells.resize(max + 1);
    return cells;
  }
};

void expect_row(const words& row, const scaled_expectation& expected) {
  const auto quantile = [&](double fraction) {
    const double rank = std::ceil(fraction * static_cast<double>(expected.codes.size()));
    return expected.codes[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
  };
  expect_close(row[largest], expected.largest);
  EXPECT_EQ(row[saturated], std::to_string(expected.saturated));
  EXPECT_EQ(row[to_zero], std::to_string(expected.to_zero));
  EXPECT_EQ(row[nan], "0");
  EXPECT_NEAR(std::stod(row[snr]), expected.snr_db(), 0.00501);
  expect_close(row[error], expected.relative);
  expect_close(row[min], quantile(0));
  expect_close(row[percent_1], quantile(0.01));
  expect_close(row[median], quantile(0.5));
  expect_close(row[percent_99], quantile(0.99));
  expect_close(row[max], quantile(1));
}

/// A matrix with tiles that its ends cut, another of fewer columns than a tile has, and one row of
/// more elements than are in memory at a time.
TEST_F(scaled_report, says_what_each_scaling_does_as_plain_double_arithmetic_does) {
  for (const matrix& m : {spread(300, 333), spread(700, 5), spread(2, 150'000)}) {
    const std::string file =
        write("a", file_of({{"t", "F32", {m.rows, m.columns}, bytes_of_floats(m)}}));
    for (const format* to : {&e4m3, &e5m2}) {
      const words report{"report", file, "--to", to->name, "--scale"};
      const auto expect_scaled = [&](const words& how, const tiles& shape) {
        SCOPED_TRACE(to->name + ' ' + shape.name + ' ' + std::to_string(m.rows));
        words arguments = report;
        arguments.insert(arguments.end(), how.begin(), how.end());
        expect_row(row(arguments), expect_of(m, shape, to));
      };
      expect_scaled({"none"}, {"none"});
      expect_scaled({"tensor"}, {"tensor"});
      expect_scaled({"row"}, {"row", 1, 0});
      expect_scaled({"block"}, {"block", 128, 128});
      expect_scaled({"block", "--block", "1x128"}, {"block", 1, 128});
      expect_scaled({"block", "--block", "150x100000"}, {"block", 150, 100'000});
      expect_scaled({"mx"}, {"mx", 1, 32, true});
    }
  }
}

TEST_F(scaled_report, is_the_plain_one_where_nothing_is_scaled) {
  EXPECT_EQ(run({"report", "--scale", "none"}).out, run({"report"}).out);
}

TEST_F(scaled_report, says_what_has_a_scale) {
  const auto first_line = [&](const words& how) {
    words arguments{"report", "--scale"};
    arguments.insert(arguments.end(), how.begin(), how.end());
    const std::string out = run(arguments).out;
    const auto comma = out.find(", a ");
    return out.substr(comma, out.find('\n') - comma);
  };
  EXPECT_EQ(first_line({"tensor"}), ", a scale for each tensor");
  EXPECT_EQ(first_line({"row"}), ", a scale for each row");
  EXPECT_EQ(first_line({"block"}), ", a scale for each block of 128x128");
  EXPECT_EQ(first_line({"block", "--block", "1x64"}), ", a scale for each block of 1x64");
  EXPECT_EQ(first_line({"mx"}), ", a power of two for each 32 values of a row");
}

/// As convert does.
TEST_F(scaled_report, scales_matrices_alone) {
  const std::string file =
      write("a", file_of({{"bias", "F32", {2}, bytes_of<float>({1, 2})},
                          {"t", "F32", {2, 1}, bytes_of<float>({896, std::ldexp(448.0F, -20)})}}));
  const outcome report = run({"report", file, "--scale", "row"});
  EXPECT_EQ(row_of("bias", report.out), (words{"F32", "2", "not", "cast"}));
  EXPECT_EQ(row_of("t", report.out)[min], "448");
  EXPECT_EQ(row_of("t", report.out)[error], "0%") << "both are powers of two times 448";
  EXPECT_EQ(row_of("1 tensor cast", report.out)[0], "2");
}

TEST_F(scaled_report, of_shards_is_of_all_of_them) {
  write("one", file_of({{"a", "F32", {1, 1}, bytes_of<float>({1})}}));
  write("two", file_of({{"b", "F32", {1, 1}, bytes_of<float>({2})}}));
  write("m.index.json", R"({"metadata":{},"weight_map":{"a":"one","b":"two"}})");
  const std::string out = run({"report", "m.index.json"}).out;
  EXPECT_EQ(row_of("a", out)[max], "1");
  EXPECT_EQ(row_of("b", out)[max], "2");
  EXPECT_EQ(row_of("2 tensors cast", out)[0], "2");
  EXPECT_NE(run({"report", "m.index.json", "--compare"}).out.find("m.index.json: 2 values in 2"),
            std::string::npos);
}

/// A scale is that of the finite numbers.
TEST_F(scaled_report, lets_nan_and_infinity_keep_their_neighbours_scale) {
  const std::string file =
      write("a", file_of({{"t", "F32", {2, 2}, bytes_of<float>({NAN, 7, INFINITY, 7})}}));
  const words cells = row({"report", file, "--scale", "row"});
  EXPECT_EQ(cells[nan], "1");
  EXPECT_EQ(cells[saturated], "1");
  EXPECT_EQ(cells[largest], "inf");
  EXPECT_EQ(cells[min], "448");
  EXPECT_EQ(cells[max], "448");
}

// the errors, by size

/// The counts of the histogram, by the words before them.
std::map<std::string, std::uint64_t> errors_in(const std::string& report) {
  std::map<std::string, std::uint64_t> result;
  std::istringstream lines(report.substr(report.find("\nrelative error")));
  std::string line;
  std::getline(lines, line);
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const auto end = line.find_last_not_of(' ', 16);
    result[line.substr(0, end + 1)] = std::stoull(line.substr(17));
  }
  return result;
}

/// By hand, in e4m3: 3 are exact, two of them zeros; 1 + 2^-12 loses 2^-12 / (1 + 2^-12), which is
/// below 2^-12; 1.03125 loses 1/33; 1.5 * 2^-9 becomes 2^-8, which loses a third.
TEST_F(scaled_report, sorts_errors_by_binade) {
  const std::vector<float> values{
      0,    -0.0F,    1,  1 + std::ldexp(1.0F, -12), 1.03125F, std::ldexp(1.5F, -9), 1e-9F,
      1e9F, INFINITY, NAN};
  const std::string file = write("a", file_of({{"t", "F32", {10}, bytes_of(values)}}));
  const std::map<std::string, std::uint64_t> found = errors_in(run({"report", file}).out);
  std::map<std::string, std::uint64_t> expected{
      {"exact", 3},       {"< 2^-12  0.0244%", 1}, {"< 2^-5  3.12%", 1},
      {"< 2^-1  50%", 1}, {"became zero", 1},      {"saturated", 2},
      {"NaN", 1}};
  for (const auto& [label, count] : found) {
    EXPECT_EQ(count, expected[label]) << label;
    expected.erase(label);
  }
  for (const auto& [label, count] : expected) EXPECT_EQ(count, 0U) << label;
  EXPECT_EQ(found.size(), 1U + 13U + 3U);
}

TEST_F(scaled_report, finds_a_place_for_every_value) {
  for (const std::string how : {"none", "row", "mx"}) {
    const outcome report = run({"report", "--to", "e5m2", "--scale", how});
    ASSERT_EQ(report.status, 0) << report.err;
    std::uint64_t sum = 0;
    for (const auto& [label, count] : errors_in(report.out)) sum += count;
    EXPECT_EQ(sum, how == "none" ? 309632U : 308224U);
  }
}

// --compare

class comparison : public scaled_report {
 protected:
  /// Of a format in the row of a scaling: SNR, worst, error, to zero, saturated.
  static words cells(const std::string& table, const std::string& how, std::size_t format) {
    const words row = row_of(how, table);
    const auto begin = static_cast<std::ptrdiff_t>(2 + 6 * format);
    if (row.size() != 1 + 3 * 6) return words(5, "no such row");
    return {row.begin() + begin, row.begin() + begin + 5};
  }
};

double percent_in(const std::string& cell) {
  return cell == "0" ? 0 : std::stod(cell);
}

TEST_F(comparison, of_the_shipped_weights_is_what_plain_double_arithmetic_says) {
  std::vector<matrix> weights;
  const contents file = read_safetensors(F8CAST_SHIPPED);
  for (const auto& [name, entry] : file.header.items()) {
    if (name == "__metadata__" || entry.at("shape").size() < 2) continue;
    std::vector<double> values = floats_in(file.data_of(name));
    const std::size_t rows = entry.at("shape").at(0);
    const std::size_t columns = values.size() / rows;
    weights.push_back({rows, columns, std::move(values)});
  }
  const outcome report = run({"report", "--compare"});
  ASSERT_EQ(report.status, 0) << report.err;
  EXPECT_NE(report.out.find("308224 values in 8 tensors of two dimensions"), std::string::npos);
  std::size_t number = 0;
  for (const format* to : {&e4m3, &e5m2, static_cast<const format*>(nullptr)}) {
    for (const tiles& how : scalings) {
      SCOPED_TRACE((to ? to->name : "int8") + ' ' + how.name);
      const words printed = cells(report.out, how.name, number);
      if (!to && how.name == "none") {
        EXPECT_EQ(printed, words(5, "-"));
        continue;
      }
      scaled_expectation all;
      double worst = 1000;
      double error = 0;
      for (const matrix& m : weights) {
        const scaled_expectation one = expect_of(m, how, to);
        all.signal += one.signal;
        all.noise += one.noise;
        all.values += one.values;
        all.to_zero += one.to_zero;
        all.saturated += one.saturated;
        all.scales += one.scales;
        worst = std::min(worst, one.snr_db());
        error = std::max(error, 100 * one.difference / one.largest);
      }
      const auto percent = [&](std::uint64_t n) {
        return 100 * static_cast<double>(n) / static_cast<double>(all.values);
      };
      EXPECT_NEAR(std::stod(printed[0]), all.snr_db(), 0.00501);
      EXPECT_NEAR(std::stod(printed[1]), worst, 0.00501);
      expect_close(printed[2], error);
      EXPECT_NEAR(percent_in(printed[3]), percent(all.to_zero), 0.00501 * percent(all.to_zero));
      EXPECT_NEAR(percent_in(printed[4]), percent(all.saturated), 0.00501 * percent(all.saturated));
      const double scale_bits = how.name == "none" ? 0 : how.is_mx ? 8 : 32;
      const double bits =
          8 + scale_bits * static_cast<double>(all.scales) / static_cast<double>(all.values);
      EXPECT_NEAR(std::stod(row_of(how.name, report.out)[0]), bits, 0.00501);
    }
    ++number;
  }
}

TEST_F(comparison, fits_a_terminal_and_knows_a_file_with_nothing_to_compare) {
  for (const words& file : {words{}, words{write("a", file_of({{"t", "F32", {1}, "xxxx"}}))}}) {
    words arguments{"report", "--compare"};
    arguments.insert(arguments.end(), file.begin(), file.end());
    const outcome report = run(arguments);
    EXPECT_EQ(report.status, 0) << report.err;
    std::istringstream lines(report.out);
    std::string line;
    std::getline(lines, line);  // has the name of the file
    while (std::getline(lines, line)) EXPECT_LE(line.size(), 120U) << line;
  }
  EXPECT_EQ(cells(run({"report", "--compare", "a"}).out, "mx", 0),
            (words{"-", "-", "0%", "0", "0"}));
}

TEST_F(comparison, is_of_all_formats_and_scalings) {
  for (const words& other : {words{"--to", "e5m2"}, words{"--scale", "row"}, words{"--plot", "x"},
                             words{"--block", "1x1"}}) {
    words arguments{"report", "--compare"};
    arguments.insert(arguments.end(), other.begin(), other.end());
    EXPECT_EQ(run(arguments).status, 2);
  }
}

TEST_F(scaled_report, says_what_it_does_not_understand) {
  for (const std::string size :
       {"128", "x", "0x1", "1x0", "1x", "1x1x1", "-1x1", "99999999999999999999x1"}) {
    const outcome refusal = run({"report", "--scale", "block", "--block=" + size});
    EXPECT_EQ(refusal.status, 2) << size;
    EXPECT_EQ(refusal.err.rfind("f8cast: --block: '" + size + "' is not ROWSxCOLUMNS", 0), 0U)
        << refusal.err;
  }
  EXPECT_EQ(run({"report", "--scale", "column"}).status, 2);
}

}  // namespace
}  // namespace f8cast_test
