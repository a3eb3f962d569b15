#include "scale_catalog.hpp"

#include <algorithm>

#include "companions.hpp"
#include "error.hpp"
#include "file_notes.hpp"

namespace f8cast {
namespace {

constexpr std::uint64_t longest_description = 1 << 16;

/// Types that scales are read from.
bool holds_scales(const dtype& type) {
  return type.holds == number::f32 || type.holds == number::f16 || type.holds == number::bf16 ||
         type.may_be_e8m0();
}

std::string describe(const tensor& t) {
  return std::string(t.type->name) + ", shape " + to_string(t.shape);
}

std::string quoted_name(const tensor& t) {
  return "'" + t.name + "'";
}

/// Codes of less than 8 bits, or integers that may hold such.
bool may_be_packed(const dtype& type) {
  return type.is_below_8_bits() || type.name == "U8" || type.name == "I8" || type.name == "I32";
}

bool contains(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

scale_catalog::scale_catalog(const checkpoint& in, const scale_options& how)
    : in_(in), how_(how), names_(in) {
  for (const model& shard : in.shards) {
    auto formats = formats_of_layers(shard);
    if (!formats.empty()) formats_.emplace(&shard.file, std::move(formats));
  }
  for (std::size_t i = 0; i < in.size(); ++i) {
    const std::string name = in.at(i).what.name;
    if (!mentions_scales(name)) continue;
    for (const possible_owner& candidate : possible_owners(name)) {
      const auto owner = names_.number_of(candidate.name);
      if (!owner) continue;
      const tensor t = in.at(*owner).what;
      const bool understood =
          scales_activations(candidate.addition) ||
          (t.type->is_fp8() ? contains(names_of_scales(t.name), name) : !may_be_packed(*t.type));
      if (!understood) not_understood_.emplace_back(*owner, i);
      break;
    }
  }
  std::sort(not_understood_.begin(), not_understood_.end());
}

part scale_catalog::part_of(const tensor& t) const {
  if (is_file_marker(t.name) || !described_layer(t.name).empty()) return part::marker;
  if (mentions_scales(t.name)) {
    const bool is_one = t.elements() == 1;
    if (is_one || is_engines_number(t.name) || owner_of(t)) return part::beside;
  }
  if (t.type->is_fp8()) return part::codes;
  if (t.type->is_below_8_bits()) return part::packed;
  if (!may_be_packed(*t.type)) return part::values;
  return names_packed_codes(t.name) || stranger_beside(t) ? part::packed : part::values;
}

std::optional<located> scale_catalog::owner_of(const tensor& t) const {
  const std::string layer = described_layer(t.name);
  if (!layer.empty()) {
    auto owner = names_.find(layer + ".weight");
    return owner ? owner : names_.find(layer);
  }
  if (!mentions_scales(t.name)) return std::nullopt;
  for (const possible_owner& candidate : possible_owners(t.name)) {
    auto owner = names_.find(candidate.name);
    if (!owner) continue;
    const bool has_codes = owner->what.type->is_fp8() || may_be_packed(*owner->what.type);
    return has_codes ? owner : std::nullopt;
  }
  return std::nullopt;
}

/// The first tensor beside it that no rule takes for scales.
std::optional<std::string> scale_catalog::stranger_beside(const tensor& codes) const {
  if (not_understood_.empty()) return std::nullopt;
  const auto number = names_.number_of(codes.name);
  if (!number) return std::nullopt;
  const auto first = std::lower_bound(not_understood_.begin(), not_understood_.end(),
                                      std::pair(*number, std::size_t{0}));
  if (first == not_understood_.end() || first->first != *number) return std::nullopt;
  return in_.at(first->second).what.name;
}

/// What ComfyUI says of it, in a tensor or in the file's metadata.
std::string scale_catalog::described_format(const located& codes) const {
  const auto description = names_.find(name_of_description(codes.what.name));
  if (description && description->what.bytes <= longest_description) {
    return format_in(
        description->file->read_text(description->what.offset, description->what.bytes));
  }
  const auto formats = formats_.find(codes.file);
  if (formats == formats_.end()) return "";
  const auto format = formats->second.find(layer_of(codes.what.name));
  return format == formats->second.end() ? "" : format->second;
}

/// Why codes cannot be read whatever their scales are; empty if they can.
std::string scale_catalog::unreadable(const located& codes) const {
  const auto stranger = stranger_beside(codes.what);
  if (!codes.what.type->is_fp8()) {
    return "packed codes (" + describe(codes.what) + ")" +
           (stranger ? " with '" + *stranger + "'" : "") + " are not read";
  }
  if (stranger) return "has '" + *stranger + "' beside it, which is not understood";
  const std::string format = described_format(codes);
  if (!format.empty() && !is_plain_format(format)) {
    return "is said to be '" + format + "', whose scales are not read";
  }
  return "";
}

std::optional<tile_shape> scale_catalog::block_for(const located& codes) const {
  if (how_.block) return how_.block;
  for (const model& shard : in_.shards) {
    if (&shard.file == codes.file) return noted_block(shard.notes);
  }
  return std::nullopt;
}

deduction scale_catalog::tiles_of(const located& codes, const tensor& scales) const {
  if (!holds_scales(*scales.type)) return {std::nullopt, "are of a type that is not read"};
  return deduce_tiles(codes.what.shape, scales.shape,
                      {block_for(codes), scales.type->may_be_e8m0()});
}

scale_answer scale_catalog::find(const located& codes) const {
  const std::string trouble = unreadable(codes);
  if (!trouble.empty()) return {std::nullopt, trouble};
  std::optional<located> found;
  for (const std::string& name : names_of_scales(codes.what.name)) {
    auto scales = names_.find(name);
    if (!scales) continue;
    if (found) {
      return {std::nullopt, "has scales twice: " + quoted_name(found->what) + " and " +
                                quoted_name(scales->what)};
    }
    found = std::move(scales);
  }
  if (!found) return {};
  const deduction tiles = tiles_of(codes, found->what);
  if (!tiles.tiles) {
    return {std::nullopt, describe(codes.what) + ": its scales " + quoted_name(found->what) + ", " +
                              describe(found->what) + ", " + tiles.trouble};
  }
  return {scale_tensor{std::move(*found), *tiles.tiles}, ""};
}

std::optional<scale_tensor> scale_catalog::scales_of(const located& codes) const {
  scale_answer answer = find(codes);
  if (answer.trouble.empty() || how_.ignore) return std::move(answer.scales);
  fail({codes.file->path(), codes.what.name},
       answer.trouble + " (--ignore-scales takes codes as they are)");
}

}  // namespace f8cast
