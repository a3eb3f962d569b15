// NumPy's .npy format, versions 1 to 3: a magic string, the version, the header's length, the
// header, and the array. The header is a Python dictionary, {'descr': '<f4', 'fortran_order':
// False, 'shape': (2, 3), }.
#include "checkpoint/file_format.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checkpoint/foreign_files.hpp"
#include "checkpoint/model.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

struct npy_header {
  std::string descr;
  bool fortran_order = false;
  std::vector<std::uint64_t> shape;
};

/// Reads as much of Python as the three entries take.
class parser {
 public:
  parser(const std::string& text, place where) : text_(text), where_(std::move(where)) {}

  npy_header parse() {
    expect('{');
    parse_list('}', [this] { parse_entry(); });
    skip_spaces();
    if (at_ != text_.size()) fail_here("more than a dictionary");
    if (seen_.size() != 3) fail_here("descr, fortran_order or shape is missing");
    return result_;
  }

 private:
  void parse_entry() {
    const std::string key = parse_string();
    if (!seen_.insert(key).second) fail_here("'" + key + "' occurs twice");
    expect(':');
    if (key == "descr") {
      result_.descr = parse_string();
    } else if (key == "fortran_order") {
      result_.fortran_order = parse_bool();
    } else if (key == "shape") {
      expect('(');
      parse_list(')', [this] { result_.shape.push_back(parse_number()); });
    } else {
      fail_here("unknown key '" + key + "'");
    }
  }

  /// What stands before `close`, between commas; Python allows one more comma at the end.
  template <class Parse>
  void parse_list(char close, Parse parse_element) {
    while (!accept(close)) {
      parse_element();
      if (accept(',')) continue;
      expect(close);
      break;
    }
  }

  std::string parse_string() {
    const char quote = accept('"') ? '"' : '\'';
    if (quote == '\'') expect(quote);
    const auto end = text_.find(quote, at_);
    if (end == std::string::npos) fail_here("a string that does not end");
    std::string value = text_.substr(at_, end - at_);
    at_ = end + 1;
    return value;
  }

  bool parse_bool() {
    if (accept("True")) return true;
    if (accept("False")) return false;
    fail_here("neither True nor False");
  }

  std::uint64_t parse_number() {
    constexpr std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
    skip_spaces();
    const std::size_t begin = at_;
    std::uint64_t number = 0;
    for (; at_ < text_.size() && '0' <= text_[at_] && text_[at_] <= '9'; ++at_) {
      const auto digit = static_cast<std::uint64_t>(text_[at_] - '0');
      if (number > (max - digit) / 10) fail_here("a number of 2^64 or more");
      number = 10 * number + digit;
    }
    if (at_ == begin) fail_here("no number from 0 on");
    accept('L');  // as Python 2 wrote long integers
    return number;
  }

  void skip_spaces() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  bool accept(const std::string& token) {
    skip_spaces();
    if (text_.compare(at_, token.size(), token) != 0) return false;
    at_ += token.size();
    return true;
  }
  bool accept(char token) { return accept(std::string(1, token)); }

  void expect(char token) {
    if (!accept(token)) fail_here(std::string("no ") + token);
  }

  [[noreturn]] void fail_here(const std::string& reason) const {
    fail({where_.file, where_.tensor, where_.offset.value_or(0) + at_},
         "the header is not valid: " + reason + " here");
  }

  const std::string& text_;
  place where_;
  std::size_t at_ = 0;
  std::set<std::string> seen_;
  npy_header result_;
};

/// `where` is the text's place in its file. Throws file_error unless the dictionary has the entries
/// of npy_header, each once.
npy_header parse_header(const std::string& text, const place& where) {
  return parser(text, where).parse();
}

constexpr std::string_view npy_magic = "\x93NUMPY";
constexpr std::uint64_t version_at = 6;
constexpr std::uint64_t length_at = 8;
constexpr std::uint64_t longest_npy_header =
    65535;  // of version 1; no array of plain numbers needs more

byte_range find_header(const input_file& file) {
  if (file.size() < length_at || file.read_text(0, npy_magic.size()) != npy_magic) {
    fail({file.path(), {}, 0}, "not a .npy file: it does not begin with \\x93NUMPY and a version");
  }
  const std::uint64_t version = file.read_number(version_at, 1);
  if (version < 1 || version > 3) {
    fail({file.path(), {}, version_at}, ".npy version " + std::to_string(version) + " is unknown");
  }
  const unsigned length_bytes = version == 1 ? 2 : 4;
  const std::uint64_t length = file.read_number(length_at, length_bytes);
  const std::uint64_t begin = length_at + length_bytes;
  const std::string header = "a header of " + std::to_string(length) + " bytes";
  if (length > longest_npy_header) fail({file.path(), {}, length_at}, header + " is too large");
  if (begin + length > file.size()) {
    fail({file.path(), {}, file.size()}, "truncated: it ends before " + header + " does");
  }
  return {begin, begin + length};
}

const dtype* find_npy_type(const std::string& descr) {
  const bool has_byte_order = !descr.empty() && (descr[0] == '<' || descr[0] == '>');
  return has_byte_order ? find_npy_dtype(std::string_view(descr).substr(1)) : nullptr;
}

/// True if the elements lie in the same order in C as in Fortran.
bool orders_agree(const std::vector<std::uint64_t>& shape) {
  return std::count_if(shape.begin(), shape.end(), [](std::uint64_t n) { return n != 1; }) <= 1;
}

/// The array, under the name of the file without its extension. Throws file_error unless it is of
/// float16, float32 or float64 in C order, or in an order that is the same.
tensor read_array(const input_file& file) {
  tensor array;
  array.name = std::filesystem::path(file.path()).stem().string();
  const byte_range bytes = find_header(file);
  const place where{file.path(), array.name, bytes.begin};
  const npy_header header =
      parse_header(file.read_text(bytes.begin, bytes.end - bytes.begin), where);

  array.type = find_npy_type(header.descr);
  if (!array.type) fail(where, "dtype '" + header.descr + "' is not float16, float32 or float64");
  if (header.fortran_order && !orders_agree(header.shape)) {
    fail(where, "the array is in Fortran order; save what numpy.ascontiguousarray() makes of it");
  }
  array.shape = header.shape;
  array.big_endian = header.descr[0] == '>';
  array.offset = bytes.end;
  array.bytes = file.size() - bytes.end;

  const auto expected = bytes_of(*array.type, array.shape);
  if (!expected) fail(where, "the size of shape " + to_string(array.shape) + " overflows");
  if (*expected != array.bytes) {
    fail({file.path(), array.name, file.size()},
         (array.bytes < *expected ? "truncated: " : "too long: ") + std::to_string(array.bytes) +
             " bytes of data instead of " + std::to_string(*expected));
  }
  return array;
}

bool may_be_npy(const input_file& /*file*/, std::string_view first_bytes) {
  return has_at(first_bytes, 0, npy_magic);
}

void read_npy_header(model& into) {
  into.names.push_back({hash_of(read_array(into.file).name), 0});
}

tensor read_only_array(const model& in, std::uint64_t /*name_at*/) {
  return read_array(in.file);
}

}  // namespace

const file_format npy_format{
    ".npy",                                                 // suffix
    "a NumPy array",                                        // in_words
    "a .npy file",                                          // expected
    "a NumPy array, whose name would have to end in .npy",  // found
    false,                                                  // has_names
    false,                                                  // is_written
    may_be_npy,                                             // may_be
    read_npy_header,                                        // read_header
    read_only_array,                                        // read_tensor
};

}  // namespace f8cast
