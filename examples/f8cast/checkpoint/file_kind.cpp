#include "checkpoint/file_kind.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string_view>

#include "checkpoint/json_header.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

using namespace std::string_view_literals;

struct magic {
  std::size_t offset;
  std::string_view bytes;
  std::string_view kind;
};

constexpr std::string_view pickle =
    "a Python pickle, as .pt, .bin and .pkl files of PyTorch may be";
constexpr std::string_view zip = "a zip archive, as .pt, .bin and .npz files are";
constexpr std::string_view numpy = "a NumPy array, whose name would have to end in .npy";

constexpr magic magics[] = {
    {0, "\x93NUMPY"sv, numpy},
    {0, "GGUF"sv, "a GGUF file"},
    {0, "lmgg"sv, "a GGML file"},
    {0, "tjgg"sv, "a GGML file"},
    {0, "fmgg"sv, "a GGML file"},
    {0, "PK\x03\x04"sv, zip},
    {0, "PK\x05\x06"sv, zip},
    {0, "\x80\x02"sv, pickle},
    {0, "\x80\x03"sv, pickle},
    {0, "\x80\x04"sv, pickle},
    {0, "\x80\x05"sv, pickle},
    {0, "\x89HDF\r\n\x1A\n"sv, "an HDF5 file"},
    {0, "PAR1"sv, "a Parquet file"},
    {0, "ARROW1"sv, "an Arrow file"},
    {4, "TFL3"sv, "a TensorFlow Lite model"},
    {0, "\x1F\x8B"sv, "compressed by gzip"},
    {0, "\x28\xB5\x2F\xFD"sv, "compressed by zstd"},
    {0, "\xFD\x37zXZ"sv, "compressed by xz"},
    {0, "BZh"sv, "compressed by bzip2"},
    {0, "\x04\x22\x4D\x18"sv, "compressed by lz4"},
    {0, "7z\xBC\xAF\x27\x1C"sv, "a 7z archive"},
    {257, "ustar"sv, "a tar archive"},
    {0, "version https://git-lfs"sv, "a pointer of Git LFS: fetch the file itself by git lfs pull"},
    {0, "\x7F\x45LF"sv, "a program or library (ELF)"},
};

constexpr std::size_t head_size = 512;
constexpr std::size_t length_size = 8;  // of the header's length in a safetensors file
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool has_at(std::string_view head, std::size_t offset, std::string_view bytes) {
  return head.size() >= offset && head.substr(offset, bytes.size()) == bytes;
}

/// ir_version, a small number, and then the producer's name or the graph.
bool may_be_onnx(std::string_view head) {
  return head[0] == '\x08' && 0 < head[1] && head[1] < 0x20 && (head[2] == 0x12 || head[2] == 0x3A);
}

bool is_printable_ascii(char c) {
  return (' ' <= c && c <= '~') || c == '\t' || c == '\r' || c == '\n';
}

/// The text's beginning, without spaces before it; none if it is not text. A number that counts
/// fewer than 2^56 bytes is none.
std::optional<std::string_view> text_in(std::string_view head) {
  if (has_at(head, 0, byte_order_mark)) head.remove_prefix(byte_order_mark.size());
  const std::string_view beginning = head.substr(0, 64);
  const std::size_t ascii = std::min(length_size, beginning.size());
  const auto is_control = [](char c) { return 0 <= c && c < ' ' && !is_printable_ascii(c); };
  const bool is_text = std::all_of(head.begin(), head.begin() + ascii, is_printable_ascii) &&
                       std::none_of(beginning.begin(), beginning.end(), is_control);
  if (!is_text) return std::nullopt;
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  return head;
}

bool is_json(std::string_view text) {
  return !text.empty() && (text[0] == '{' || text[0] == '[');
}

std::string kind_of_text(std::string_view text) {
  if (is_json(text)) return "JSON; the name of an index of shards ends in .index.json";
  if (!text.empty() && text[0] == '<') return "HTML or XML, perhaps of a download that failed";
  return "text: '" + std::string(text.substr(0, std::min<std::size_t>(text.find('\n'), 40))) + "'";
}

/// A header's length, and its brace. A file that ends before that may be anything.
bool may_be_safetensors(const input_file& file, std::string_view head) {
  if (head.size() <= length_size) return true;
  return head[length_size] == '{' && file.read_number(0, length_size) <= longest_header;
}

/// None if nothing is known of it. Only of a file that is no safetensors file: the first bytes of
/// one are a number, and may be any.
std::optional<std::string> kind_of(std::string_view head) {
  for (const magic& known : magics) {
    if (has_at(head, known.offset, known.bytes)) return std::string(known.kind);
  }
  if (may_be_onnx(head)) return "an ONNX model, it seems";
  if (const auto text = text_in(head)) return kind_of_text(*text);
  return std::nullopt;
}

/// Whether it may be of the kind that it has to be.
bool may_be(file_kind expected, const input_file& file, std::string_view head) {
  if (head.size() <= length_size) return true;
  if (expected == file_kind::safetensors) return may_be_safetensors(file, head);
  if (expected == file_kind::npy) return has_at(head, 0, magics[0].bytes);
  const auto text = text_in(head);
  return text && is_json(*text);
}

std::string name_of(file_kind kind) {
  if (kind == file_kind::npy) return "a .npy file";
  return kind == file_kind::index ? "an index of shards" : "a safetensors file";
}

// ------------------------------------------------------------------------------------- suffixes

/// Of files that a folder of shards may be mistaken for.
constexpr std::string_view file_suffixes[] = {
    ".safetensors", ".npy", ".npz", ".gguf", ".ggml", ".pt",  ".pth", ".bin", ".ckpt", ".pkl",
    ".onnx",        ".h5",  ".pb",  ".json", ".svg",  ".zip", ".tar", ".gz",  ".tgz",  ".zst",
};

/// A slash at the end is none of the name.
std::string suffix_of(const std::string& path) {
  const std::filesystem::path p(path);
  return (p.has_filename() ? p : p.parent_path()).extension().string();
}

}  // namespace

void refuse_other_kinds(const input_file& file, file_kind expected) {
  const std::string head = file.read_text(0, std::min<std::uint64_t>(file.size(), head_size));
  if (may_be(expected, file, head)) return;
  const bool is_safetensors = may_be_safetensors(file, head);
  const auto kind = is_safetensors ? name_of(file_kind::safetensors) : kind_of(head);
  if (kind) fail({file.path(), {}, 0}, "not " + name_of(expected) + ", but " + *kind);
}

void check_name_of_output_file(const std::string& path) {
  const std::string suffix = suffix_of(path);
  if (suffix.empty() || suffix == ".safetensors") return;
  fail({path}, "only .safetensors files are written, no " + suffix);
}

void check_name_of_output_folder(const std::string& path) {
  const std::string suffix = suffix_of(path);
  const auto end = std::end(file_suffixes);
  if (std::find(std::begin(file_suffixes), end, suffix) == end) return;
  fail({path}, "a folder is written, as the input has an index: no " + suffix + " file");
}

void check_name_of_plot(const std::string& path) {
  const std::string suffix = suffix_of(path);
  if (suffix == ".svg") return;
  fail({path}, "a plot is an .svg file" + (suffix.empty() ? suffix : ", no " + suffix));
}

}  // namespace f8cast
