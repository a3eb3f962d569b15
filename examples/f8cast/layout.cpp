#include "layout.hpp"

#include <algorithm>

#include "safetensors_writer.hpp"

namespace f8cast {

layout::layout(const planner& plans, const model& shard) : plans_(plans), shard_(shard) {
  for (std::uint32_t i = 0; i < shard.tensors.size(); ++i) {
    if (plans.plan(shard, shard.tensors[i])) kept_.push_back(i);
  }
}

/// Wide elements first, as the reference implementation writes them, so that each tensor begins at
/// a multiple of its element's size; otherwise in the order of the input.
std::vector<layout::member> layout::in_order_of_output() const {
  std::vector<member> result;
  for (std::uint32_t i = 0; i < kept_.size(); ++i) {
    const job j = plan(i);
    result.push_back({i, j.to.type->bits, false});
    if (j.to_scales) result.push_back({i, j.to_scales->type->bits, true});
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const member& a, const member& b) { return a.bits > b.bits; });
  return result;
}

void layout::write_header(output_file& file) {
  offsets_.resize(kept_.size());
  safetensors_header header(file, shard_.notes);
  std::uint64_t end = 0;
  for (const member& m : in_order_of_output()) {
    const job j = plan(m.job);
    const tensor& t = m.is_scales ? *j.to_scales : j.to;
    (m.is_scales ? offsets_[m.job].scales : offsets_[m.job].values) = end;
    header.add(t);
    end += t.bytes;
  }
  const std::uint64_t data = header.finish();
  for (offsets& o : offsets_) {
    o.values += data;
    o.scales += data;
  }
}

job layout::job_at(std::size_t i) const {
  job result = plan(i);
  result.to.offset = offsets_[i].values;
  if (result.to_scales) result.to_scales->offset = offsets_[i].scales;
  return result;
}

}  // namespace f8cast
