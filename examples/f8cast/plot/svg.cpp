#include "plot/svg.hpp"

#include <cmath>
#include <cstdio>

#include "checkpoint/stored_json.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

double to_hundredths(double pixels) {
  return std::round(100 * pixels) / 100;
}

std::string decimal(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", x);
  return text;
}

std::string attribute(const std::string& name, double value) {
  return ' ' + name + "=\"" + decimal(value) + '"';
}

std::string attribute(const std::string& name, const std::string& value) {
  return ' ' + name + "=\"" + value + '"';
}

/// Bytes that are no UTF-8, as a file's name may have, become U+FFFD.
std::string utf8(const std::string& text) {
  return *string_in(quoted(text));
}

/// The text as XML spells it.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : utf8(printable(text))) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string title(const std::string& text) {
  return "<title>" + escaped(text) + "</title>";
}

}  // namespace

svg::svg(double width, double height, const std::string& style, const std::string& name) {
  const std::string size = decimal(width) + ' ' + decimal(height);
  text_ = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", width) +
          attribute("height", height) + attribute("viewBox", "0 0 " + size) + ">\n" + title(name) +
          "\n<style>\n" + style + "</style>\n";
  rectangle("paper", {0, 0, width, height});
}

/// Each edge is rounded by itself, so that rectangles side by side leave no gap.
void svg::rectangle(const std::string& css_class, const box& where, const std::string& hint) {
  const double left = to_hundredths(where.left);
  const double top = to_hundredths(where.top);
  text_ += "<rect" + attribute("class", css_class) + attribute("x", left) + attribute("y", top) +
           attribute("width", to_hundredths(where.left + where.width) - left) +
           attribute("height", to_hundredths(where.top + where.height) - top);
  text_ += hint.empty() ? "/>\n" : ">" + title(hint) + "</rect>\n";
}

void svg::line(const std::string& css_class, point from, point to) {
  text_ += "<line" + attribute("class", css_class) + attribute("x1", from.x) +
           attribute("y1", from.y) + attribute("x2", to.x) + attribute("y2", to.y) + "/>\n";
}

void svg::text(const std::string& css_class, point where, const std::string& text) {
  text_ += "<text" + attribute("class", css_class) + attribute("x", where.x) +
           attribute("y", where.y) + '>' + escaped(text) + "</text>\n";
}

}  // namespace f8cast
