#include "system/spool.hpp"

#include <cerrno>
#include <system_error>

#include "system/error.hpp"
#include "system/signals_blocked.hpp"

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

}  // namespace f8cast
