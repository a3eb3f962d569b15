#include "checkpoint/file_format.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>

#include "checkpoint/foreign_files.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

/// The formats of tensor files. The first is that of files whose suffix is none of these.
constexpr const file_format* formats[] = {&safetensors_format, &npy_format};

constexpr std::size_t head_size = 512;    // as much as any format is told by
constexpr std::size_t least_to_tell = 8;  // a file that ends before may be anything

/// The format of that suffix; null if there is none.
const file_format* find_format(const std::string& suffix) {
  const auto found = std::find_if(std::begin(formats), std::end(formats),
                                  [&](const file_format* f) { return f->suffix == suffix; });
  return found == std::end(formats) ? nullptr : *found;
}

/// What the file is, as far as that can be told.
std::optional<std::string> kind_of(const input_file& file, std::string_view head) {
  for (const file_format* format : formats) {
    if (format->may_be(file, head)) return std::string(format->found);
  }
  return foreign_kind(head);
}

}  // namespace

const file_format& format_of(const std::string& path) {
  const file_format* const found = find_format(std::filesystem::path(path).extension().string());
  return found ? *found : *formats[0];
}

void refuse_other_formats(const input_file& file, const file_format& expected) {
  const std::string head = file.read_text(0, std::min<std::uint64_t>(file.size(), head_size));
  if (head.size() <= least_to_tell || expected.may_be(file, head)) return;
  const auto kind = kind_of(file, head);
  if (kind) fail({file.path(), {}, 0}, "not " + std::string(expected.expected) + ", but " + *kind);
}

std::string suffix_of(const std::string& path) {
  const std::filesystem::path p(path);
  return (p.has_filename() ? p : p.parent_path()).extension().string();
}

void check_name_of_output_file(const std::string& path) {
  const std::string suffix = suffix_of(path);
  const file_format* const format = find_format(suffix);
  if (suffix.empty() || (format && format->is_written)) return;
  std::string written;
  for (const file_format* f : formats) {
    if (f->is_written) written += (written.empty() ? "" : " and ") + std::string(f->suffix);
  }
  fail({path}, "only " + written + " files are written, no " + suffix);
}

void check_name_of_output_folder(const std::string& path) {
  const std::string suffix = suffix_of(path);
  if (!find_format(suffix) && !is_foreign_suffix(suffix)) return;
  fail({path}, "a folder is written, as the input has an index: no " + suffix + " file");
}

}  // namespace f8cast
