#include "print/table.hpp"

#include <algorithm>
#include <cerrno>
#include <numeric>
#include <ostream>
#include <string_view>
#include <system_error>
#include <utility>

#include "system/error.hpp"
#include "system/signals.hpp"

namespace f8cast {
namespace {

[[noreturn]] void fail_with_errno() {
  fail({"temporary file"}, std::generic_category().message(errno));
}

/// Some systems give it one at first.
std::FILE* file_without_a_name() {
  const signals_blocked until_it_has_none;
  return std::tmpfile();
}

void for_each_line(std::string_view text, const std::function<void(std::string_view)>& visit) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    visit(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
}

constexpr std::size_t line_width = 120;
constexpr std::size_t least_first_width = 12;

/// Characters, if the text is UTF-8: the bytes that do not continue one.
std::size_t shown_width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string spaces(std::size_t n) {
  return std::string(n, ' ');
}

struct column_layout {
  std::vector<std::size_t> widths;
  std::size_t gap = 2;  // between columns

  std::size_t total() const {
    return std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
  }
};

column_layout lay_out(std::vector<std::size_t> widths) {
  column_layout result{std::move(widths)};
  if (result.total() > line_width) result.gap = 1;
  std::size_t& first = result.widths[0];
  const std::size_t others = result.total() - first;
  first = std::min(first, std::max(line_width, others + least_first_width) - others);
  return result;
}

table::row cells_of(std::string_view joined) {
  table::row cells;
  for (std::size_t begin = 0; begin < joined.size();) {
    const std::size_t end = joined.find('\0', begin);
    cells.emplace_back(joined.substr(begin, end - begin));
    begin = end + 1;
  }
  return cells;
}

void print_row(std::ostream& out, const table::row& cells, const column_layout& columns) {
  std::string line = cells[0];
  if (shown_width(line) > columns.widths[0]) {
    out << line << '\n';
    line.clear();
  }
  line += spaces(columns.widths[0] - shown_width(line));
  for (std::size_t i = 1; i < cells.size(); ++i) {
    line += spaces(columns.gap + columns.widths[i] - shown_width(cells[i])) + cells[i];
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out << line << '\n';
}

}  // namespace

void spool::add(std::string_view line) {
  text_.append(line) += '\n';
  if (text_.size() >= room) move_to_file();
}

void spool::move_to_file() {
  if (!file_) file_.reset(file_without_a_name());
  if (!file_) fail_with_errno();
  const std::size_t written = std::fwrite(text_.data(), 1, text_.size(), file_.get());
  if (written != text_.size() || std::fflush(file_.get()) != 0) fail_with_errno();
  text_.clear();
}

void spool::for_each(const std::function<void(std::string_view)>& visit) {
  if (file_) {
    std::rewind(file_.get());
    std::string piece(room, '\0');
    std::string lines;  // and the beginning of one
    while (const std::size_t n = std::fread(piece.data(), 1, piece.size(), file_.get())) {
      lines.append(piece, 0, n);
      const std::size_t end = lines.rfind('\n') + 1;
      for_each_line(std::string_view(lines).substr(0, end), visit);
      lines.erase(0, end);
    }
    if (std::ferror(file_.get()) != 0) fail_with_errno();
  }
  for_each_line(text_, visit);
}

void table::add(const row& cells) {
  if (cells.size() > widths_.size()) widths_.resize(cells.size());
  std::string joined;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    widths_[i] = std::max(widths_[i], shown_width(cells[i]));
    joined += cells[i] + '\0';
  }
  rows_.add(joined);
}

void table::print(std::ostream& out) {
  const column_layout columns = lay_out(widths_);
  rows_.for_each([&](std::string_view cells) {
    if (cells.empty()) {
      out << std::string(columns.total(), '-') << '\n';
    } else {
      print_row(out, cells_of(cells), columns);
    }
  });
}

}  // namespace f8cast
