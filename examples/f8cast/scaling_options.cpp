#include "scaling_options.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace f8cast {
namespace {

std::vector<std::string> scaling_names() {
  std::vector<std::string> names;
  for (const scaling& how : scalings()) names.emplace_back(how.name);
  return names;
}

/// The number that the text is, if it is one from 1 on.
std::optional<std::size_t> to_size(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (!is_number || number == 0) return std::nullopt;
  return number;
}

tile_shape to_tile_shape(const std::string& text) {
  const auto x = text.find('x');
  const auto rows = to_size(std::string_view(text).substr(0, x));
  const auto columns =
      x == std::string::npos ? rows : to_size(std::string_view(text).substr(x + 1));
  if (x == std::string::npos || !rows || !columns) {
    throw CLI::ValidationError("--block", "'" + text + "' is not ROWSxCOLUMNS, as in 128x128");
  }
  return {*rows, *columns};
}

}  // namespace

void add_scaling_options(CLI::App& command, const scaling*& how, tile_shape& block) {
  how = find_scaling("none");
  command
      .add_option_function<std::string>(
          "--scale", [&how](const std::string& name) { how = find_scaling(name); },
          "What has a scale of its own: none (the default), tensor, row, block or mx, 32 in a row")
      ->check(CLI::IsMember(scaling_names()).description(""))
      ->type_name("WHAT");
  command
      .add_option_function<std::string>(
          "--block", [&block](const std::string& text) { block = to_tile_shape(text); },
          "The size of a block: 128x128 unless said")
      ->type_name("RxC");
}

}  // namespace f8cast
