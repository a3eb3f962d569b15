#include "convert/plan.hpp"

#include <stdexcept>
#include <utility>

#include "scales/companions.hpp"
#include "scales/file_notes.hpp"
#include "system/error.hpp"

namespace f8cast {

void check_use_of_block(const conversion& what, bool reads_scales) {
  if (!what.block || what.scale->name == "block" || reads_scales) return;
  throw std::runtime_error("--block " + to_string(*what.block) +
                           ": there are no blocks without --scale block, and no scales are read");
}

planner::planner(const checkpoint& from, const conversion& what)
    : from_(from),
      what_(what),
      scales_(from, {what.block, what.scale->name == "block", what.ignore_scales}) {}

bool planner::is_matrix(const tensor& t) const {
  return t.shape.size() >= 2 && t.elements() > 0;
}

/// True if codes have the very scales that they are to get.
bool planner::has_these_scales(const located& codes) const {
  const auto found = scales_.find(codes).scales;
  if (!found) return false;
  const tile_grid tiles = tiles_of(*what_.scale, codes.what.shape, what_.new_block());
  const tensor wanted = scales_for(*what_.scale, codes.what, tiles);
  const tensor& there = found->values.what;
  return there.name == wanted.name && there.type == wanted.type && there.shape == wanted.shape &&
         found->tiles == tiles;
}

treatment planner::treatment_of_codes(const located& t) const {
  if (what_.to->is_wide()) return treatment::dequantize;
  const treatment how = treatment_between_codes(t);
  // Whatever is beside them would be taken for scales of the new codes.
  const std::string trouble = how == treatment::requantize ? scales_.find(t).trouble : "";
  if (!trouble.empty()) fail({t.file->path(), t.what.name}, trouble);
  return how;
}

treatment planner::treatment_between_codes(const located& t) const {
  if (!what_.scale->has_scales()) {
    return t.what.type == what_.to ? treatment::copy : treatment::requantize;
  }
  if (!is_matrix(t.what)) return treatment::copy;
  const bool is_same = t.what.type == what_.to && has_these_scales(t);
  return is_same ? treatment::copy : treatment::requantize;
}

treatment planner::treatment_of_packed(const located& t) const {
  if (what_.to->is_wide()) scales_.scales_of(t);
  return treatment::copy;
}

treatment planner::treatment_of(const located& from) const {
  const tensor& t = from.what;
  if (!what_.names.selects(t.name)) return treatment::copy;
  const part kind = scales_.part_of(t);
  if (kind == part::codes) return treatment_of_codes(from);
  if (kind == part::packed) return treatment_of_packed(from);
  if (kind != part::values || !t.type->is_wide()) return treatment::copy;
  if (what_.to->is_wide()) return t.type == what_.to ? treatment::copy : treatment::cast;
  return is_matrix(t) || !what_.scale->has_scales() ? treatment::quantize : treatment::copy;
}

bool planner::is_rounded(const located& t) const {
  const treatment how = treatment_of(t);
  return how == treatment::quantize || how == treatment::requantize;
}

bool planner::may_have_scales(const located& t) const {
  if (!what_.names.selects(t.what.name) || !is_matrix(t.what)) return false;
  const part kind = scales_.part_of(t.what);
  return kind == part::codes || (kind == part::values && t.what.type->is_wide());
}

std::optional<scale_tensor> planner::scales_of(const located& t) const {
  return scales_.part_of(t.what) == part::codes ? scales_.scales_of(t) : std::nullopt;
}

bool planner::loses_scales(const located& codes) const {
  const treatment how = treatment_of(codes);
  return how == treatment::dequantize || how == treatment::requantize;
}

/// True if a tensor of 8 bits remains in any shard.
bool planner::keeps_codes() const {
  std::call_once(asked_, [this] { keeps_codes_ = finds_codes_to_keep(); });
  return keeps_codes_;
}

bool planner::finds_codes_to_keep() const {
  if (what_.to->is_fp8()) return true;
  for (std::size_t i = 0; i < from_.size(); ++i) {
    const located t = from_.at(i);
    if (scales_.part_of(t.what) == part::codes && !loses_scales(t)) return true;
  }
  return false;
}

bool planner::is_used_up(const tensor& t) const {
  if (is_file_marker(t.name)) return !keeps_codes();
  const auto owner = scales_.owner_of(t);
  if (!owner || scales_.part_of(owner->what) != part::codes || !loses_scales(*owner)) return false;
  const scale_answer found = scales_.find(*owner);
  if (scales_.part_of(t) == part::marker) return found.trouble.empty();
  return found.scales && found.scales->values.what.name == t.name;
}

std::optional<job> planner::plan(const located& from) const {
  const tensor& t = from.what;
  if (is_used_up(t)) return std::nullopt;
  job result;
  result.how = treatment_of(from);
  result.from = from;
  result.to = t;
  const part kind = scales_.part_of(t);
  if (result.how == treatment::copy) {
    if (kind == part::codes) check_block(from);
    const bool was_to_be_read = kind == part::packed && what_.to->is_wide();
    if (was_to_be_read && what_.names.selects(t.name)) result.ignored = scales_.ignored(from);
    return result;
  }
  result.to.type = what_.to;
  result.to.bytes = t.elements() * what_.to->bits / 8;
  result.to.big_endian = false;
  if (kind == part::codes) {
    result.from_scales = scales_.scales_of(from);
    result.ignored = scales_.ignored(from);
  }
  if (result.how == treatment::quantize) check_companions(from);
  if (what_.to->is_fp8() && what_.scale->has_scales()) add_scales(result);
  return result;
}

/// New codes of 8 bits must not find scales in what was beside the numbers.
void planner::check_companions(const located& wide) const {
  const auto other = scales_.misleading_companion(wide.what);
  if (!other || what_.ignore_scales) return;
  fail({wide.file->path(), wide.what.name},
       "as 8 bits, it would be read with '" + *other + "' for its scales (--exclude leaves it)");
}

void planner::add_scales(job& into) const {
  const tensor& t = into.from.what;
  into.to_tiles = tiles_of(*what_.scale, t.shape, what_.new_block());
  into.to_scales = scales_for(*what_.scale, t, into.to_tiles);
  const std::string& name = into.to_scales->name;
  const bool is_its_own = into.from_scales && into.from_scales->values.what.name == name;
  if (!is_its_own && scales_.names().find(name)) {
    fail({into.from.file->path(), t.name},
         "its scales would be called '" + name + "', as another tensor is");
  }
}

/// Codes that are copied into a file of other blocks have to keep their meaning there.
void planner::check_block(const located& codes) const {
  if (what_.scale->name != "block") return;
  const scale_answer before = scales_.find(codes);
  if (!before.scales) return;
  const tensor& scales = before.scales->values.what;
  const deduction after = deduce_tiles(codes.what.shape, scales.shape,
                                       {what_.new_block(), {}, {}, scales.type->may_be_e8m0()});
  if (after.tiles && *after.tiles == before.scales->tiles) return;
  fail({codes.file->path(), codes.what.name}, "its " + to_string(before.scales->tiles) +
                                                  " would be taken for one of " +
                                                  to_string(what_.new_block()) + " in the output");
}

bool planner::needs_note(const job& j) const {
  if (!j.to_scales) return false;
  const deduction alone =
      deduce_tiles(j.to.shape, j.to_scales->shape, {{}, {}, {}, j.to_scales->type->may_be_e8m0()});
  return !alone.tiles || !(*alone.tiles == j.to_tiles);
}

metadata planner::notes_for(const model& shard, bool with_block) const {
  metadata notes = shard.notes;
  drop_layers(notes, [&](const std::string& layer) {
    auto codes = scales_.names().find(layer + ".weight");
    if (!codes) codes = scales_.names().find(layer);
    return codes && scales_.part_of(codes->what) == part::codes && loses_scales(*codes);
  });
  if (what_.to->is_wide() && !keeps_codes()) drop_block(notes);
  if (with_block) note_block(notes, what_.scale->sides(what_.new_block()));
  return notes;
}

}  // namespace f8cast
