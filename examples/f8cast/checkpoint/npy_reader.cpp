#include "checkpoint/npy_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "checkpoint/file_kind.hpp"
#include "checkpoint/npy_header.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::uint64_t version_at = 6;
constexpr std::uint64_t length_at = 8;
constexpr std::uint64_t longest_npy_header =
    65535;  // of version 1; no array of plain numbers needs more

byte_range find_header(const input_file& file) {
  refuse_other_kinds(file, file_kind::npy);
  if (file.size() < length_at || file.read_text(0, magic.size()) != magic) {
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

}  // namespace

tensor read_npy_header(const input_file& file) {
  tensor array;
  array.name = std::filesystem::path(file.path()).stem().string();
  const byte_range bytes = find_header(file);
  const place where{file.path(), array.name, bytes.begin};
  const npy_header header =
      parse_npy_header(file.read_text(bytes.begin, bytes.end - bytes.begin), where);

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

}  // namespace f8cast
