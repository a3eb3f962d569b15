// A drawing, as the text of an SVG file.
#pragma once

#include <string>

namespace f8cast {

struct point {
  double x, y;
};

struct box {
  double left, top, width, height;
};

/// Shapes in the order in which they are painted. How a class looks is the style's to say.
class svg {
 public:
  /// `style` is CSS, `name` what the drawing is called.
  svg(double width, double height, const std::string& style, const std::string& name);

  /// With `hint`, the text that a browser shows beside the pointer.
  void rectangle(const std::string& css_class, const box& where, const std::string& hint = "");
  void line(const std::string& css_class, point from, point to);
  void text(const std::string& css_class, point where, const std::string& text);

  std::string finished() const { return text_ + "</svg>\n"; }

 private:
  std::string text_;
};

}  // namespace f8cast
