#include "plot/plot.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <vector>

#include "plot/bars.hpp"
#include "plot/number_line.hpp"
#include "plot/svg.hpp"
#include "print/numbers.hpp"

namespace f8cast {
namespace {

constexpr double page_width = 1200;
constexpr double page_height = 606;
constexpr double bar_height = 190;  // at most
constexpr double before_top = 120;  // of the values before
constexpr double before_floor = before_top + bar_height;
constexpr double after_floor = before_floor + 44;  // between them, the number line
constexpr double numbers_at = before_floor + 20;
constexpr double after_top = after_floor + bar_height;

const char* const page_style = R"(.paper { fill: #fff }
text { font: 13px sans-serif; fill: #333; text-anchor: middle }
.title { font-size: 17px; font-weight: bold; text-anchor: start }
.left { text-anchor: start }
.right { text-anchor: end }
.band { font-size: 12px; fill: #666 }
.name { font-weight: bold; text-anchor: start }
rect { shape-rendering: crispEdges }
.before { fill: #3b75af }
.after { fill: #e1812c }
.zero { fill: #e6e6ec }
.subnormal { fill: #f6f3e2 }
.beyond { fill: #f9e2df }
.grid { stroke: #000; stroke-opacity: .12 }
.within { fill: #fff }
.axis { stroke: #333 }
.code { stroke: #e1812c }
.mark { stroke: #333; stroke-dasharray: 4 3 }
)";

/// 2 with the exponent of x above the line, a minus sign before it where x has one.
std::string power_of_two(double x) {
  static const char* const digits[] = {"\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
                                       "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  const int exponent = std::ilogb(x);
  std::string text = x < 0 ? "\u22122" : "2";
  if (exponent < 0) text += "\u207B";
  for (const char c : std::to_string(std::abs(exponent))) text += digits[c - '0'];
  return text;
}

/// The number in full as long as there is room for its digits.
std::string number_in_place(double x) {
  return x < 1e6 ? long_number(x) : short_number(x);
}

/// 5452 (1.76%).
std::string with_share(std::uint64_t count, const summary& of) {
  if (count == 0) return "0";
  return std::to_string(count) + " (" +
         percent(static_cast<double>(count) / static_cast<double>(of.values)) + ")";
}

/// 1, 2 or 5 times a power of ten, so that there are two to five of them up to `most`.
double round_step(double most) {
  const double step = std::pow(10, std::floor(std::log10(most / 2)));
  for (const double factor : {5.0, 2.0}) {
    if (most / (factor * step) >= 2) return factor * step;
  }
  return step;
}

/// Where bars stand on the number line, or hang from it.
struct chart_panel {
  std::string css_class;
  double floor;
  int direction;  // -1: upwards

  double at(double distance) const { return floor + direction * distance; }
  box bar(double left, double right, double length) const {
    return {left, std::min(floor, at(length)), right - left, length};
  }
  /// A thin one across a bar, at some distance.
  box strip(double left, double right, double distance) const {
    return {left, at(distance) - 1.5, right - left, 3};
  }
};

class drawing {
 public:
  drawing(const plot_data& data, const format& to)
      : data_(data),
        to_(to),
        marks_(to),
        line_(80, page_width - 30, marks_.smallest / 16,
              std::exp2(std::ceil(std::log2(marks_.largest)) + 1)),
        before_(bars_of(data.before, line_.least(), line_.most())),
        after_(bars_of(data.after, marks_)),
        most_(highest()),
        out_(page_width, page_height, page_style, data.title) {}

  std::string draw() {
    draw_bands();
    draw_grid();
    draw_bars(before_, {"before", before_floor, -1});
    draw_bars(after_, {"after", after_floor, 1});
    draw_line();
    draw_marks();
    draw_words();
    return out_.finished();
  }

 private:
  /// The height of the highest bar but for zeros and ends, which may tower above the rest.
  double highest() const {
    double most = 0;
    for (const bars* all : {&before_, &after_}) {
      for (const bar& b : all->each) most = std::max(most, b.per_binade());
    }
    return most > 0 ? 1.05 * most : 1;
  }

  void draw_band(const std::string& css_class, double from, double to) {
    out_.rectangle(css_class, {from, before_top, to - from, after_top - before_top});
  }

  void draw_bands() {
    draw_band("zero", line_.place_of(-marks_.zero_up_to()), line_.place_of(marks_.zero_up_to()));
    draw_band("subnormal", line_.place_of(marks_.zero_up_to()), line_.place_of(marks_.normal));
    draw_band("subnormal", line_.place_of(-marks_.normal), line_.place_of(-marks_.zero_up_to()));
    draw_band("beyond", line_.place_of(marks_.saturates_from()), line_.right());
    draw_band("beyond", line_.left(), line_.place_of(-marks_.saturates_from()));
    label_bands();
  }

  void label_bands() {
    const double y = before_top - 8;
    const double subnormal =
        (line_.place_of(marks_.zero_up_to()) + line_.place_of(marks_.normal)) / 2;
    out_.text("band", {line_.middle(), y}, "becomes 0");
    out_.text("band", {subnormal, y}, "subnormal");
    out_.text("band", {2 * line_.middle() - subnormal, y}, "subnormal");
    out_.text("band left", {line_.left(), y}, "saturates");
    out_.text("band right", {line_.right(), y}, "saturates");
  }

  void draw_grid() {
    const double step = round_step(most_);
    for (double y = step; y <= most_; y += step) {
      for (const double at :
           {before_floor - bar_height * y / most_, after_floor + bar_height * y / most_}) {
        out_.line("grid", {line_.left(), at}, {line_.right(), at});
        out_.text("right", {line_.left() - 6, at + 4}, number_in_place(y));
      }
    }
  }

  double height_of(double per_binade) const {
    return bar_height * std::min(1.0, per_binade / most_);
  }

  void draw_bars(const bars& all, const chart_panel& in) {
    for (const bar& b : all.each) {
      const double sign = b.negative ? -1 : 1;
      const double begin = line_.place_of(sign * b.begin);
      const double end = line_.place_of(sign * b.end);
      out_.rectangle(in.css_class,
                     in.bar(std::min(begin, end), std::max(begin, end), height_of(b.per_binade())),
                     b.hint);
    }
    const double half = number_line::middle_width / 2;
    draw_rest(all.in_the_middle, "0", line_.middle() - half, line_.middle() + half, in);
    const std::string beyond = short_number(all.ends_from) + " and beyond";
    draw_rest(all.at_the_left, "-" + beyond, line_.left(), line_.place_of(-all.ends_from), in);
    draw_rest(all.at_the_right, beyond, line_.place_of(all.ends_from), line_.right(), in);
  }

  /// A bar of its own scale, with its number at its end: within, if it is cut off.
  void draw_rest(std::uint64_t count, const std::string& where, double left, double right,
                 const chart_panel& in) {
    if (count == 0) return;
    const double tall = height_of(static_cast<double>(count));
    const bool is_cut = tall == bar_height;
    out_.rectangle(in.css_class, in.bar(left, right, tall), where + ": " + counted(count, "value"));
    if (is_cut) out_.rectangle("paper", in.strip(left, right, 0.88 * tall));
    const double number_at = in.at(is_cut ? 0.88 * tall - 16 : tall + 11) + 5;
    out_.text(is_cut ? "within" : "", {(left + right) / 2, number_at},
              number_in_place(static_cast<double>(count)));
  }

  /// Powers of two, and a tick for each value of the format.
  void draw_line() {
    out_.line("axis", {line_.left(), before_floor}, {line_.right(), before_floor});
    out_.line("axis", {line_.left(), after_floor}, {line_.right(), after_floor});
    for (const double x : marks_.values) {
      if (!std::isfinite(x)) continue;
      const double at = x == 0 ? line_.middle() : line_.place_of(x);
      out_.line("code", {at, after_floor - 10}, {at, after_floor});
    }
    out_.text("", {line_.middle(), numbers_at}, "0");
    for (double x = line_.least(); x < line_.most(); x *= 2) {
      const bool is_clear = line_.place_of(x) - line_.middle() > 40;  // of the 0
      if (std::ilogb(x) % 4 == 0 && is_clear) draw_number(x);
    }
  }

  void draw_number(double magnitude) {
    for (const double x : {-magnitude, magnitude}) {
      const double at = line_.place_of(x);
      out_.line("axis", {at, before_floor}, {at, before_floor + 5});
      out_.text("", {at, numbers_at}, power_of_two(x));
    }
  }

  void draw_mark(double x) {
    for (const double at : {line_.place_of(-x), line_.place_of(x)}) {
      out_.line("mark", {at, before_top}, {at, before_floor});
      out_.line("mark", {at, after_floor}, {at, after_top});
    }
  }

  void draw_marks() {
    for (const double x : {marks_.zero_up_to(), marks_.normal, marks_.largest}) draw_mark(x);
    const double y = after_top + 18;
    const auto named = [](double x) { return power_of_two(x) + " = " + short_number(x); };
    out_.text("right", {line_.place_of(marks_.zero_up_to()), y},
              "becomes 0 up to " + named(marks_.zero_up_to()));
    out_.text("left", {line_.place_of(marks_.normal), y},
              "smallest normal: " + named(marks_.normal));
    out_.text("right", {line_.right(), y}, "largest: " + long_number(marks_.largest));
  }

  void draw_words() {
    const summary& after = data_.after;
    out_.text("title", {line_.left(), 28}, data_.title);
    out_.text("left", {line_.left(), 48}, data_.subtitle);
    out_.text("name before", {line_.left(), 68}, "before: " + counted(after.values, "value"));
    out_.text("name after", {line_.left(), 86},
              "after: " + with_share(after.underflowed, after) + " became zero, " +
                  with_share(after.saturated, after) + " saturated, " + std::to_string(after.nans) +
                  " NaN");
    out_.text("left", {line_.left(), page_height - 18}, caption());
  }

  std::string caption() const {
    return std::string(data_.is_scaled ? "The number line is of values over their scales. " : "") +
           "A tick for each value of " + std::string(to_.name) +
           ". Height of bars: values per factor of two; at 0 and the ends: their number.";
  }

  const plot_data& data_;
  const format& to_;
  landmarks marks_;
  number_line line_;
  bars before_, after_;
  double most_;  // values in a binade that a bar of full height stands for
  svg out_;
};

}  // namespace

std::string draw(const plot_data& data, const format& to) {
  return drawing(data, to).draw();
}

}  // namespace f8cast
