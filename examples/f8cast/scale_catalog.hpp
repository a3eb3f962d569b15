// What is quantized in a checkpoint, and with which scales: the one answer for every command.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checkpoint.hpp"
#include "tensor_names.hpp"
#include "tile_grid.hpp"

namespace f8cast {

/// How scales are to be understood, as far as the user says.
struct scale_options {
  std::optional<tile_shape> block;  ///< where the shapes leave it open
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
  /// Of a tensor that has codes. Those of 8-bit floating point are numbers as they are where no
  /// other tensor tells of scales; packed codes are never understood.
  scale_answer find(const located& codes) const;
  /// The same; throws file_error where they are not understood, unless they are to be ignored.
  std::optional<scale_tensor> scales_of(const located& codes) const;
  /// The codes that t tells of, as scales or in another way.
  std::optional<located> owner_of(const tensor& t) const;

 private:
  std::string unreadable(const located& codes) const;
  std::optional<std::string> stranger_beside(const tensor& codes) const;
  std::string described_format(const located& codes) const;
  std::optional<tile_shape> block_for(const located& codes) const;
  deduction tiles_of(const located& codes, const tensor& scales) const;

  const checkpoint& in_;
  scale_options how_;
  tensor_names names_;
  // Tensors beside codes that no rule takes for scales: (codes, other), by their numbers.
  std::vector<std::pair<std::size_t, std::size_t>> not_understood_;
  // By file, what its metadata say of the format of each layer.
  std::map<const input_file*, std::map<std::string, std::string>> formats_;
};

}  // namespace f8cast
