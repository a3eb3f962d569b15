// What f8cast reads: a row for each format of files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "checkpoint/tensor.hpp"
#include "system/input_file.hpp"

namespace f8cast {

struct model;

/// A row of what is known of a format. A new one is a row, in the file that reads it, which is
/// declared below and has its place in the list of file_format.cpp.
struct file_format {
  std::string_view suffix;    ///< files are known by it
  std::string_view in_words;  ///< as f8cast info calls them
  std::string_view expected;  ///< what a file of another kind is not: "a .npy file"
  std::string_view found;     ///< what a file without the suffix is
  bool has_names;             ///< of the tensors; otherwise there is one, called as its file
  bool is_written;            ///< by f8cast convert
  /// False if the first bytes are those of something else. They are more than 8.
  bool (*may_be)(const input_file& file, std::string_view first_bytes);
  /// Fills in what the header says. Throws file_error where it is not valid. Null for an index,
  /// which names files and has no tensors itself.
  void (*read_header)(model& into);
  /// The tensor whose name is there in the file. Throws file_error if the file has changed.
  tensor (*read_tensor)(const model& in, std::uint64_t name_at);
};

/// The tensors in the order of their data. A file is refused unless every byte of the data belongs
/// to exactly one tensor, of just the size that its dtype and shape take.
extern const file_format safetensors_format;

/// One array of float16, float32 or float64 in C order, or in an order that is the same.
extern const file_format npy_format;

/// The format of a tensor file of that name: that of its suffix, or else safetensors.
const file_format& format_of(const std::string& path);

/// Throws file_error if the file is known to be something else than what is expected, and says
/// what: otherwise the first bytes of an archive would be the length of a header, of 85 GB. Lets a
/// file pass that may be what is expected, however broken.
void refuse_other_formats(const input_file& file, const file_format& expected);

/// ".npy", or nothing. A slash at the end of the path is no part of the name.
std::string suffix_of(const std::string& path);

/// Throws file_error unless a file that is written may be called so: it has the suffix of a format
/// that is written, or none.
void check_name_of_output_file(const std::string& path);

/// Throws file_error if a folder that is written has a name for a file, of whatever format.
void check_name_of_output_folder(const std::string& path);

}  // namespace f8cast
