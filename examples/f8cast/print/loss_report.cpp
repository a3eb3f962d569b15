#include "print/loss_report.hpp"

#include <iterator>
#include <ostream>

#include "print/numbers.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

std::string in_words(const losses& what) {
  std::string text;
  const auto add = [&](std::uint64_t n, const char* noun, const std::string& became) {
    if (n > 0) text += (text.empty() ? "" : ", ") + counted(n, noun) + ' ' + became;
  };
  add(what.saturated, "value", "saturated");
  add(what.infinite, "value", "became infinite");
  add(what.nan, "value", "became NaN");
  add(what.scales, "scale", what.scales == 1 ? "is NaN or infinite" : "are NaN or infinite");
  return text;
}

}  // namespace

void loss_report::add(const located& of, const losses& what) {
  if (!what.any()) return;
  ++tensors_;
  lines_[{of.file->path(), of.what.offset}] =
      one_line({of.file->path(), of.what.name}, in_words(what));
  if (lines_.size() > most_lines) lines_.erase(std::prev(lines_.end()));
}

void loss_report::print(std::ostream& out) const {
  for (const auto& [at, line] : lines_) out << "f8cast: " << line << '\n';
  const std::uint64_t others = tensors_ - lines_.size();
  if (others > 0) out << "f8cast: the same in " << counted(others, "tensor") << " more\n";
}

}  // namespace f8cast
