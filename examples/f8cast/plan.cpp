#include "plan.hpp"

#include <string>
#include <utility>
#include <vector>

#include "error.hpp"

namespace f8cast {
namespace {

/// Types that scales are read from. U8 are the codes of e8m0.
bool holds_scales(const dtype& type) {
  return type.holds == number::f32 || type.holds == number::f16 || type.holds == number::bf16 ||
         type.name == "F8_E8M0" || type.name == "U8";
}

std::string describe(const tensor& t) {
  return std::string(t.type->name) + ", shape " + to_string(t.shape);
}

}  // namespace

planner::planner(const checkpoint& from, const conversion& what) : what_(what), tensors_(from) {}

/// The tensor of 8 bits that t is called like the scales of.
std::optional<tensor> planner::owner_of(const tensor& t) const {
  auto owner = tensors_.owner_of(t.name);
  if (!owner || !owner->what.type->is_fp8()) return std::nullopt;
  return std::move(owner->what);
}

bool planner::is_dequantized(const tensor& t) const {
  return t.type->is_fp8() && what_.to->is_wide() && what_.names.selects(t.name);
}

bool planner::is_used_up(const tensor& t) const {
  const auto owner = owner_of(t);
  return owner && is_dequantized(*owner);
}

bool planner::is_quantized(const tensor& t) const {
  const bool is_matrix = t.shape.size() >= 2 && t.elements() > 0;
  return t.type->is_wide() && what_.to->is_fp8() && (is_matrix || !what_.scale->has_scales());
}

treatment planner::treatment_of(const tensor& t) const {
  if (is_dequantized(t)) return treatment::dequantize;
  if (!what_.names.selects(t.name) || owner_of(t)) return treatment::copy;
  if (is_quantized(t)) return treatment::quantize;
  const bool other_type = t.type->is_wide() && what_.to->is_wide() && t.type != what_.to;
  return other_type ? treatment::cast : treatment::copy;
}

std::optional<job> planner::plan(const located& from) const {
  const tensor& t = from.what;
  if (is_used_up(t)) return std::nullopt;
  job result;
  result.how = treatment_of(t);
  result.from = from;
  result.to = t;
  if (result.how == treatment::copy) return result;
  result.to.type = what_.to;
  result.to.bytes = t.elements() * what_.to->bits / 8;
  result.to.big_endian = false;
  if (result.how == treatment::quantize && what_.scale->has_scales()) add_scales(result);
  if (result.how == treatment::dequantize) find_scales(result);
  return result;
}

void planner::add_scales(job& into) const {
  const tensor& t = into.from.what;
  into.tiles = tiles_of(*what_.scale, t, what_.block);
  into.to_scales = scales_for(*what_.scale, t, into.tiles);
  if (tensors_.find(into.to_scales->name)) {
    fail({into.from.file->path(), t.name},
         "its scales would be called '" + into.to_scales->name + "', as another tensor is");
  }
}

void planner::find_scales(job& into) const {
  const tensor& t = into.from.what;
  const std::vector<located> found = tensors_.scales_of(t.name);
  if (found.empty()) return;
  if (found.size() > 1) {
    fail({into.from.file->path(), t.name},
         "has scales twice: '" + found[1].what.name + "' and '" + found[0].what.name + "'");
  }
  into.from_scales = found[0];
  const auto tiles = tiles_in(found[0].what, t, what_.block);
  if (!tiles || !holds_scales(*found[0].what.type)) {
    fail({found[0].file->path(), found[0].what.name},
         describe(found[0].what) + ": not scales of '" + t.name + "', " + describe(t));
  }
  into.tiles = *tiles;
}

}  // namespace f8cast
