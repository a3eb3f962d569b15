#include "scales/scale_catalog.hpp"

#include <algorithm>
#include <ostream>

#include "scales/companions.hpp"
#include "scales/file_notes.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

constexpr std::uint64_t longest_description = 1 << 16;

/// Scales are read from types whose every value is a float.
bool holds_scales(const dtype& type) {
  return (type.is_wide() && type.bits <= 32) || type.may_be_e8m0();
}

std::string describe(const tensor& t) {
  return std::string(t.type->name) + ", shape " + to_string(t.shape);
}

std::string quoted_name(const tensor& t) {
  return "'" + t.name + "'";
}

/// Codes of less than 8 bits, or integers that may hold such.
bool may_be_packed(const dtype& type) {
  const bool is_integer = type.name[0] == 'U' || type.name[0] == 'I';
  return type.is_below_8_bits() || is_integer;
}

bool contains(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

scale_catalog::scale_catalog(const checkpoint& in, const scale_options& how)
    : in_(in), how_(how), names_(in) {
  for (const model& shard : in.shards) {
    auto formats = formats_of_layers(shard.notes);
    has_strange_notes_ = has_strange_notes_ || !formats;
    if (formats) formats_.merge(*formats);
  }
  for (std::size_t i = 0; i < in.size(); ++i) {
    const std::string name = in.at(i).what.name;
    if (!mentions_scales(name) || is_file_marker(name)) continue;
    for (const possible_owner& candidate : possible_owners(name)) {
      const auto owner = names_.number_of(candidate.name);
      if (!owner || mentions_scales(candidate.name)) continue;
      const tensor t = in.at(*owner).what;
      const bool is_of_integers = may_be_packed(*t.type);
      const bool understood =
          scales_activations(candidate.addition) ||
          (!is_of_integers && (decodes_integers(name) || contains(names_of_scales(t.name), name)));
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
  const bool is_packed = names_packed_codes(t.name) || stranger_beside(t) ||
                         names_.number_of(name_of_description(t.name));
  return is_packed ? part::packed : part::values;
}

std::optional<std::string> scale_catalog::misleading_companion(const tensor& t) const {
  for (const std::string& name : names_of_scales(t.name)) {
    if (names_.number_of(name)) return name;
  }
  return stranger_beside(t);
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
    if (!owner || mentions_scales(candidate.name)) continue;
    const bool has_codes = may_be_packed(*owner->what.type) ||
                           (owner->what.type->is_fp8() && !decodes_integers(t.name));
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

/// What ComfyUI says of its format, in a tensor or in the metadata, if that is not a plain one.
std::optional<std::string> scale_catalog::strange_format(const tensor& codes) const {
  std::vector<std::string> said;
  const auto description = names_.find(name_of_description(codes.name));
  if (description) {
    const tensor& t = description->what;
    const bool is_text = t.bytes <= longest_description;
    said.push_back(is_text ? format_in(description->file->read_text(t.offset, t.bytes)) : "");
  }
  for (const std::string& key : {codes.name, layer_of(codes.name)}) {
    const auto format = formats_.find(key);
    if (format != formats_.end()) said.push_back(format->second);
  }
  const auto strange = std::find_if_not(said.begin(), said.end(), is_plain_format);
  return strange == said.end() ? std::nullopt : std::optional(*strange);
}

/// Why codes cannot be read whatever their scales are; empty if they can.
std::string scale_catalog::unreadable(const located& codes) const {
  const auto stranger = stranger_beside(codes.what);
  if (!codes.what.type->is_fp8()) {
    return "packed codes (" + describe(codes.what) + ")" +
           (stranger ? " with '" + *stranger + "'" : "") + " are not read";
  }
  if (stranger) return "has '" + *stranger + "' beside it, which is not understood";
  if (has_strange_notes_) return "is in a file whose _quantization_metadata are not understood";
  const auto format = strange_format(codes.what);
  if (format) return "is said to be '" + *format + "', whose scales are not read";
  return "";
}

std::optional<tile_shape> scale_catalog::noted_block_for(const located& codes) const {
  for (const model& shard : in_.shards) {
    if (&shard.file == codes.file) return noted_block(shard.notes);
  }
  return std::nullopt;
}

deduction scale_catalog::tiles_of(const located& codes, const tensor& scales) const {
  if (!holds_scales(*scales.type)) return {std::nullopt, "are of a type that is not read"};
  tile_knowledge known{noted_block_for(codes), {}, {}, scales.type->may_be_e8m0()};
  (how_.block_is_new ? known.hint : known.said) = how_.block;
  return deduce_tiles(codes.what.shape, scales.shape, known);
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

std::string scale_catalog::ignored(const located& t) const {
  if (!how_.ignore) return "";
  const part kind = part_of(t.what);
  const bool has_codes = kind == part::codes || kind == part::packed;
  return has_codes ? find(t).trouble : "";
}

void print_ignored(const located& codes, const std::string& what, std::ostream& out) {
  out << "f8cast: " << printable(codes.file->path()) << ": tensor '" << printable(codes.what.name)
      << "': ignored: " << printable(what) << '\n';
}

}  // namespace f8cast
