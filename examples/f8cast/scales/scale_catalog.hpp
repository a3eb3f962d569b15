// What is quantized in a checkpoint, and with which scales: the one answer for every command.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checkpoint/checkpoint.hpp"
#include "scales/tile_grid.hpp"

namespace f8cast {

/// How scales are to be understood, as far as the user says.
struct scale_options {
  std::optional<tile_shape> block;  ///< where the file does not say it
  bool block_is_new = false;        ///< it is that of the output, and may be the input's, too
  bool ignore = false;  ///< codes whose scales are not understood are numbers as they are
};

/// What a tensor is.
enum class part : std::uint8_t {
  values,  ///< anything that stands for itself
  codes,   ///< of 8-bit floating point, with scales or none
  packed,  ///< codes of other kinds, which are not read
  beside,  ///< scales, zero points and the like
  marker,  ///< says how the file, or one layer, is quantized
};

struct scale_tensor {
  located values;
  tile_grid tiles;
};

/// The scales of codes: those, or none; or why they are not understood.
struct scale_answer {
  std::optional<scale_tensor> scales;
  std::string trouble;
};

/// The checkpoint has to stay where it is.
class scale_catalog {
 public:
  scale_catalog(const checkpoint& in, const scale_options& how);

  const tensor_names& names() const { return names_; }

  part part_of(const tensor& t) const;
  /// The scales of a tensor that has codes. Codes of 8-bit floating point are numbers as they are
  /// where no other tensor tells of scales; packed codes are never understood.
  scale_answer find(const located& codes) const;
  /// The answer of find() alone; throws file_error where they are not understood, unless they are
  /// to be ignored.
  std::optional<scale_tensor> scales_of(const located& codes) const;
  /// What is not understood of a tensor's scales and is to be ignored; empty if nothing is, as with
  /// a tensor that has no codes.
  std::string ignored(const located& t) const;
  /// What beside it would be taken for scales, or not be understood, if it had codes of 8 bits.
  std::optional<std::string> misleading_companion(const tensor& t) const;
  /// The codes that t tells of, as scales or in another way.
  std::optional<located> owner_of(const tensor& t) const;

 private:
  std::string unreadable(const located& codes) const;
  std::optional<std::string> stranger_beside(const tensor& codes) const;
  std::optional<std::string> strange_format(const tensor& codes) const;
  std::optional<tile_shape> noted_block_for(const located& codes) const;
  deduction tiles_of(const located& codes, const tensor& scales) const;

  const checkpoint& in_;
  scale_options how_;
  tensor_names names_;
  // Tensors beside codes that no rule takes for scales: (codes, other), by their numbers.
  std::vector<std::pair<std::size_t, std::size_t>> not_understood_;
  std::map<std::string, std::string> formats_;  // of layers, as the metadata say
  bool has_strange_notes_ = false;
};

/// "f8cast: FILE: tensor 'NAME': ignored: what"
void print_ignored(const located& codes, const std::string& what, std::ostream& out);

}  // namespace f8cast
