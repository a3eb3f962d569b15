// What the drawing claims.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>

#include "expectation.hpp"
#include "harness.hpp"
#include "read_back.hpp"
#include "stored.hpp"

namespace f8cast_test {
namespace {

struct drawn_bar {
  double x, y, width, height;
  std::string hint;  // what it stands for, before the colon
  std::uint64_t count;
};

/// The bars of a class, in their order.
std::vector<drawn_bar> bars(const std::string& drawing, const std::string& css_class) {
  const std::regex bar("<rect class=\"" + css_class +
                       "\" x=\"([^\"]*)\" y=\"([^\"]*)\" width=\"([^\"]*)\" height=\"([^\"]*)\">"
                       "<title>([^:<]*): ([0-9]+) (value|code)s?</title></rect>");
  std::vector<drawn_bar> result;
  for (std::sregex_iterator i(drawing.begin(), drawing.end(), bar), end; i != end; ++i) {
    const auto number = [&](std::size_t group) { return std::stod((*i)[group]); };
    result.push_back({number(1), number(2), number(3), number(4), (*i)[5], std::stoull((*i)[6])});
  }
  return result;
}

std::uint64_t sum_of(const std::vector<drawn_bar>& all) {
  std::uint64_t sum = 0;
  for (const drawn_bar& bar : all) sum += bar.count;
  return sum;
}

/// Zeros and ends, whose heights are of another scale.
bool is_special(const drawn_bar& bar) {
  return bar.hint == "0" || bar.hint.find("beyond") != std::string::npos;
}

/// Elements closed in the order in which they were opened, attributes quoted, entities known.
void expect_well_formed(const std::string& xml) {
  const std::regex piece(
      R"(<(/?)([a-z]+)((?: [A-Za-z0-9]+="[^"<&]*")*)(/?)>|([^<>&]|&(?:amp|lt|gt);)+)",
      std::regex::optimize);
  words open;
  auto at = xml.cbegin();
  std::size_t elements = 0;
  for (std::smatch found; at != xml.cend(); at = found[0].second) {
    // Text by hand: std::regex takes the stack for repetition.
    if (*at != '<') {
      const auto end = std::find(at, xml.cend(), '<');
      const std::string text(at, end);
      EXPECT_TRUE(std::regex_replace(text, std::regex("&(amp|lt|gt);"), "").find_first_of("&>") ==
                  std::string::npos)
          << text;
      at = end;
      if (at == xml.cend()) break;
    }
    ASSERT_TRUE(
        std::regex_search(at, xml.cend(), found, piece, std::regex_constants::match_continuous))
        << xml.substr(static_cast<std::size_t>(at - xml.cbegin()), 100);
    ++elements;
    if (found[1].length() > 0) {
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(open.back(), found[2]);
      open.pop_back();
    } else if (found[4].length() == 0) {
      open.push_back(found[2]);
    }
  }
  EXPECT_TRUE(open.empty());
  EXPECT_GT(elements, 10U);
}

class plot : public f8cast {
 protected:
  /// The drawing of a report with these arguments.
  std::string draw(words arguments) const {
    arguments.insert(arguments.begin(), "report");
    arguments.insert(arguments.end(), {"--plot", "plot.svg"});
    const outcome result = run(arguments);
    EXPECT_EQ(result.status, 0) << result.err;
    std::string drawing = read_file(path("plot.svg"));
    EXPECT_NE(result.out.find("\nWrote plot.svg, " + std::to_string(drawing.size()) + " bytes\n"),
              std::string::npos)
        << result.out;
    expect_well_formed(drawing);
    return drawing;
  }
};

/// Numbers of some 60 binades, with all that is special.
std::vector<float> wild() {
  std::vector<float> result{0, 0, -0.0F, INFINITY, INFINITY, -INFINITY, NAN, 1e-44F, -1e38F};
  for (const int power : {-20, -13, 10, 17}) result.push_back(std::ldexp(1.0F, power));
  for (std::size_t i = 0; i < 50'000; ++i) {
    const auto t = static_cast<double>(i);
    result.push_back(static_cast<float>(std::sin(t) * std::exp2(30 * std::sin(0.37 * t))));
  }
  return result;
}

/// The lower end of the eighth of a binade that a magnitude lies in.
double eighth(double magnitude) {
  int exponent = 0;
  const double fraction = std::frexp(magnitude, &exponent);  // from 1/2 on
  return std::ldexp(std::floor(fraction * 16) / 16, exponent);
}

/// From four binades below the smallest value to the binade beyond the largest.
struct range {
  int least, most;  // powers of two
};

range range_of(const format& to) {
  return to.name == "e4m3" ? range{-13, 10} : range{-20, 17};
}

const drawn_bar& bar_named(const std::vector<drawn_bar>& found, const std::string& hint) {
  static const drawn_bar none{};
  const auto match = std::find_if(found.begin(), found.end(),
                                  [&](const drawn_bar& bar) { return bar.hint == hint; });
  EXPECT_NE(match, found.end()) << hint;
  return match == found.end() ? none : *match;
}

std::string end_of(range line) {
  return line.most == 10 ? "1.02e3 and beyond" : "1.31e5 and beyond";
}

void expect_before(const std::vector<drawn_bar>& found, const std::vector<float>& values,
                   range line) {
  std::map<double, std::uint64_t> expected;  // by where a bar begins
  std::uint64_t middle = 0;
  std::uint64_t left = 0;
  std::uint64_t right = 0;
  for (const float x : values) {
    const double magnitude = std::fabs(static_cast<double>(x));
    if (magnitude < std::exp2(line.least)) {
      ++middle;
    } else if (magnitude >= std::exp2(line.most)) {
      ++(x < 0 ? left : right);
    } else if (!std::isnan(x)) {
      ++expected[std::copysign(eighth(magnitude), x)];
    }
  }
  EXPECT_EQ(bar_named(found, "0").count, middle);
  EXPECT_EQ(bar_named(found, '-' + end_of(line)).count, left);
  EXPECT_EQ(bar_named(found, end_of(line)).count, right);
  EXPECT_EQ(found.size(), expected.size() + 3);
  for (const drawn_bar& bar : found) {
    if (is_special(bar)) continue;
    const double from = std::stod(bar.hint.substr(5));  // "from "
    const auto match = std::find_if(expected.begin(), expected.end(), [&](const auto& bin) {
      return std::fabs(bin.first / from - 1) < 0.02;
    });
    ASSERT_NE(match, expected.end()) << bar.hint;
    EXPECT_EQ(bar.count, match->second) << bar.hint;
  }
}

/// Each binade is as wide as any other: a bar begins where the logarithm of its first value is.
void expect_binades(const std::vector<drawn_bar>& before, range line) {
  const drawn_bar& middle = bar_named(before, "0");
  const drawn_bar& end = bar_named(before, end_of(line));
  const double half = end.x - (middle.x + middle.width);
  EXPECT_LT(end.width, 60) << "the line leaves room";
  for (const drawn_bar& bar : before) {
    if (is_special(bar) || bar.x < middle.x) continue;
    const double from = std::stod(bar.hint.substr(5));
    EXPECT_NEAR(
        bar.x,
        middle.x + middle.width + half * (std::log2(from) - line.least) / (line.most - line.least),
        0.3)
        << bar.hint;
  }
}

void expect_after(const std::vector<drawn_bar>& found, const expectation& expected) {
  std::map<double, std::uint64_t> counts;
  for (const double y : expected.sorted) ++counts[y];
  const double largest = expected.sorted.back();
  for (const drawn_bar& bar : found) {
    const bool is_end = bar.hint.find("beyond") != std::string::npos;
    const double named = std::stod(bar.hint);
    const double value = is_end ? std::copysign(largest, named) : named;
    const auto nearest = std::min_element(counts.begin(), counts.end(), [&](auto& a, auto& b) {
      return std::fabs(a.first - value) < std::fabs(b.first - value);
    });
    EXPECT_EQ(bar.count, nearest->second) << bar.hint;
    counts.erase(nearest);
  }
  EXPECT_TRUE(counts.empty());
}

/// Areas are counts: on this line, the same width is the same factor.
void expect_equal_areas(const std::vector<drawn_bar>& found, double& area) {
  for (const drawn_bar& bar : found) {
    if (is_special(bar) || bar.height < 10 || bar.height > 180 || bar.width < 1) continue;
    const double each = bar.width * bar.height / static_cast<double>(bar.count);
    if (area == 0) area = each;
    EXPECT_NEAR(each / area, 1, 0.03) << bar.hint;
  }
}

void expect_side_by_side(std::vector<drawn_bar> found) {
  std::sort(found.begin(), found.end(), [](auto& a, auto& b) { return a.x < b.x; });
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_GE(found[i].x, 0);
    EXPECT_GE(found[i].y, 0);
    EXPECT_GT(found[i].width, 0);
    EXPECT_LE(found[i].x + found[i].width, 1200);
    EXPECT_LE(found[i].y + found[i].height, 606);
    const double left = i == 0 ? 0 : found[i - 1].x + found[i - 1].width;
    EXPECT_LE(left, found[i].x + 1e-9);
  }
}

TEST_F(plot, has_a_bar_of_the_right_size_for_every_value) {
  const std::vector<float> values = wild();
  const std::string file = write("a", one_tensor("F32", values.size(), bytes_of(values)));
  for (const format* to : {&e4m3, &e5m2}) {
    SCOPED_TRACE(to->name);
    const std::string drawing = draw({file, "--to", to->name});
    const expectation expected = expect_of({values.begin(), values.end()}, *to);
    const std::vector<drawn_bar> before = bars(drawing, "before");
    const std::vector<drawn_bar> after = bars(drawing, "after");
    EXPECT_EQ(sum_of(before), values.size() - 1) << "all but a NaN";
    EXPECT_EQ(sum_of(after), values.size() - 1);
    expect_before(before, values, range_of(*to));
    expect_binades(before, range_of(*to));
    expect_after(after, expected);
    expect_side_by_side(before);
    expect_side_by_side(after);
    double area = 0;
    expect_equal_areas(before, area);
    expect_equal_areas(after, area);
    EXPECT_GT(area, 0);
  }
}

TEST_F(plot, writes_out_what_became_zero_and_what_saturated) {
  const std::vector<float> values{1, 2, 3, 1e-9F, 1e9F, -INFINITY, NAN, 0};
  const std::string drawing =
      draw({write("a", one_tensor("F32", values.size(), bytes_of(values)))});
  for (const std::string text :
       {">before: 8 values<", ">after: 1 (12.5%) became zero, 2 (25%) saturated, 1 NaN<",
        ">becomes 0 up to 2\u207B\u00B9\u2070 = 0.000977<",
        ">smallest normal: 2\u207B\u2076 = 0.0156<", ">largest: 448<", ">subnormal<", ">saturates<",
        ">becomes 0<"}) {
    EXPECT_NE(drawing.find(text), std::string::npos) << text;
  }
}

/// One of two values is at the format's end, whatever its scale.
TEST_F(plot, is_of_values_over_their_scales) {
  const std::string file =
      write("a", file_of({{"t", "F32", {2, 2}, bytes_of<float>({3, 1.5F, -100, -50})},
                          {"bias", "F32", {1}, bytes_of<float>({7})}}));
  const std::string drawing = draw({file, "--scale", "row"});
  std::map<std::string, std::uint64_t> after;
  for (const drawn_bar& bar : bars(drawing, "after")) after[bar.hint] = bar.count;
  const std::map<std::string, std::uint64_t> expected{
      {"-224", 1}, {"224", 1}, {"-432 and beyond", 1}, {"432 and beyond", 1}};
  EXPECT_EQ(after, expected);
  EXPECT_EQ(sum_of(bars(drawing, "before")), 4U);
  EXPECT_NE(drawing.find("a scale for each row"), std::string::npos);
}

TEST_F(plot, of_the_shipped_weights_adds_up) {
  for (const words& how : {words{}, words{"--to", "e5m2"}, words{"--scale", "mx"}}) {
    const std::string drawing = draw(how);
    const std::uint64_t values = how.size() == 2 && how[0] == "--scale" ? 308224U : 309632U;
    EXPECT_EQ(sum_of(bars(drawing, "before")), values);
    EXPECT_EQ(sum_of(bars(drawing, "after")), values);
  }
}

TEST_F(plot, is_well_formed_without_values_and_for_any_name) {
  draw({write("empty", safetensors("{}", ""))});
  draw({write("zeros", one_tensor("F32", 2, std::string(8, '\0')))});
  draw({write("nan", one_tensor("F32", 1, bytes_of<float>({NAN})))});
  const std::string drawing = draw({write("<&>\"'\xFF\x1B", safetensors("{}", ""))});
  EXPECT_NE(drawing.find(">&lt;&amp;&gt;\"'\uFFFD\\x1B to e4m3<"), std::string::npos);
}

TEST_F(plot, appears_whole_or_not_at_all) {
  write("plot.svg", "precious");
  const outcome refusal = run({"report", "--plot", "plot.svg"}, "ulimit -f 16; ");
  EXPECT_EQ(refusal.status, 1);
  EXPECT_EQ(refusal.out, "");
  EXPECT_EQ(refusal.err.rfind("f8cast: plot.svg: cannot be written: ", 0), 0U) << refusal.err;
  EXPECT_EQ(read_file(path("plot.svg")), "precious");
  EXPECT_EQ(run({"report", "none", "--plot", "plot.svg"}).status, 1);
  EXPECT_EQ(read_file(path("plot.svg")), "precious");
  EXPECT_EQ(run({"report", "--plot", "."}).status, 1);
  EXPECT_EQ(run({"report", "--compare", "--plot", "plot.svg"}).status, 2);
  EXPECT_EQ(files(), words{"plot.svg"});
}

}  // namespace
}  // namespace f8cast_test
