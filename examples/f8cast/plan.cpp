#include "plan.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "error.hpp"
#include "safetensors_writer.hpp"

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

/// Wide elements first, as the reference implementation writes them, so that each tensor begins at
/// a multiple of its element's size; otherwise in the order of the input.
std::vector<tensor*> in_order_of_output(std::vector<job>& jobs) {
  std::vector<tensor*> tensors;
  for (job& j : jobs) {
    tensors.push_back(&j.to);
    if (j.to_scales) tensors.push_back(&*j.to_scales);
  }
  std::stable_sort(tensors.begin(), tensors.end(),
                   [](const tensor* a, const tensor* b) { return a->type->bits > b->type->bits; });
  return tensors;
}

file_plan lay_out(std::vector<job> jobs, const metadata& notes) {
  file_plan result{{}, std::move(jobs)};
  const std::vector<tensor*> tensors = in_order_of_output(result.jobs);
  result.header = safetensors_header(tensors, notes);
  std::uint64_t end = result.header.size();
  for (tensor* t : tensors) {
    t->offset = end;
    end += t->bytes;
  }
  return result;
}

}  // namespace

std::uint64_t file_plan::bytes() const {
  std::uint64_t sum = 0;
  for (const job& j : jobs) sum += j.to.bytes + (j.to_scales ? j.to_scales->bytes : 0);
  return sum;
}

planner::planner(const checkpoint& from, const conversion& what) : what_(what) {
  for (const model& shard : from.shards) {
    for (const tensor& t : shard.tensors) {
      tensors_.insert({t.name, {&shard.file, &t}});
    }
  }
  for (const auto& [name, t] : tensors_) {
    if (!t.what->type->is_fp8()) continue;
    for (const located& scales : scales_of(*t.what)) owners_[scales.what->name] = t.what;
  }
}

file_plan planner::plan(const model& shard) const {
  std::vector<job> jobs;
  for (const tensor& t : shard.tensors) {
    if (!is_used_up(t)) jobs.push_back(plan({&shard.file, &t}));
  }
  return lay_out(std::move(jobs), shard.notes);
}

/// What is called like the scales of a tensor of 8 bits.
std::vector<located> planner::scales_of(const tensor& t) const {
  std::vector<located> found;
  for (const char* suffix : {"_scale", "_scale_inv"}) {
    const auto scales = tensors_.find(t.name + suffix);
    if (scales != tensors_.end()) found.push_back(scales->second);
  }
  return found;
}

bool planner::is_dequantized(const tensor& t) const {
  return t.type->is_fp8() && what_.to->is_wide() && what_.names.selects(t.name);
}

bool planner::is_used_up(const tensor& t) const {
  const auto owner = owners_.find(t.name);
  return owner != owners_.end() && is_dequantized(*owner->second);
}

bool planner::is_quantized(const tensor& t) const {
  const bool is_matrix = t.shape.size() >= 2 && t.elements() > 0;
  return t.type->is_wide() && what_.to->is_fp8() && (is_matrix || !what_.scale->has_scales());
}

treatment planner::treatment_of(const tensor& t) const {
  if (is_dequantized(t)) return treatment::dequantize;
  if (!what_.names.selects(t.name) || owners_.count(t.name) != 0) return treatment::copy;
  if (is_quantized(t)) return treatment::quantize;
  const bool other_type = t.type->is_wide() && what_.to->is_wide() && t.type != what_.to;
  return other_type ? treatment::cast : treatment::copy;
}

job planner::plan(const located& from) const {
  job result;
  result.how = treatment_of(*from.what);
  result.from = from;
  result.to = *from.what;
  if (result.how == treatment::copy) return result;
  result.to.type = what_.to;
  result.to.bytes = from.what->elements() * what_.to->bits / 8;
  result.to.big_endian = false;
  if (result.how == treatment::quantize && what_.scale->has_scales()) add_scales(result);
  if (result.how == treatment::dequantize) find_scales(result);
  return result;
}

void planner::add_scales(job& into) const {
  const tensor& t = *into.from.what;
  into.tiles = tiles_of(*what_.scale, t, what_.block);
  into.to_scales = scales_for(*what_.scale, t, into.tiles);
  if (tensors_.count(into.to_scales->name) != 0) {
    fail({into.from.file->path(), t.name},
         "its scales would be called '" + into.to_scales->name + "', as another tensor is");
  }
}

void planner::find_scales(job& into) const {
  const tensor& t = *into.from.what;
  const std::vector<located> found = scales_of(t);
  if (found.empty()) return;
  if (found.size() > 1) {
    fail({into.from.file->path(), t.name},
         "has scales twice: '" + found[0].what->name + "' and '" + found[1].what->name + "'");
  }
  into.from_scales = found[0];
  const auto tiles = tiles_in(*found[0].what, t, what_.block);
  if (!tiles || !holds_scales(*found[0].what->type)) {
    fail({found[0].file->path(), found[0].what->name},
         describe(*found[0].what) + ": not scales of '" + t.name + "', " + describe(t));
  }
  into.tiles = *tiles;
}

}  // namespace f8cast
