#include "checkpoint/foreign_files.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

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

constexpr magic magics[] = {
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

constexpr std::size_t length_size = 8;  // of the number that may stand where text does
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

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

constexpr std::string_view suffixes[] = {
    ".npz", ".gguf", ".ggml", ".pt",  ".pth", ".bin", ".ckpt", ".pkl", ".onnx",
    ".h5",  ".pb",   ".json", ".svg", ".zip", ".tar", ".gz",   ".tgz", ".zst",
};

}  // namespace

bool has_at(std::string_view head, std::size_t offset, std::string_view bytes) {
  return head.size() >= offset && head.substr(offset, bytes.size()) == bytes;
}

bool may_be_json(std::string_view head) {
  const auto text = text_in(head);
  return text && is_json(*text);
}

std::optional<std::string> foreign_kind(std::string_view head) {
  for (const magic& known : magics) {
    if (has_at(head, known.offset, known.bytes)) return std::string(known.kind);
  }
  if (may_be_onnx(head)) return "an ONNX model, it seems";
  if (const auto text = text_in(head)) return kind_of_text(*text);
  return std::nullopt;
}

bool is_foreign_suffix(const std::string& suffix) {
  const auto end = std::end(suffixes);
  return std::find(std::begin(suffixes), end, suffix) != end;
}

}  // namespace f8cast
