#include "convert/layout.hpp"

#include "checkpoint/safetensors.hpp"

namespace f8cast {

namespace {

/// Calls visit() with each tensor of the output that a job makes.
template <class Visit>
void for_each_tensor(const job& of, Visit visit) {
  visit(of.to);
  if (of.to_scales) visit(*of.to_scales);
}

}  // namespace

void totals::add(const job& j) {
  bytes += j.bytes();
  ++(j.how == treatment::copy ? copied : cast);
  reads_scales = reads_scales || j.from_scales;
}

void totals::add(const totals& other) {
  bytes += other.bytes;
  cast += other.cast;
  copied += other.copied;
  reads_scales = reads_scales || other.reads_scales;
}

layout::layout(const planner& plans, const model& shard) : plans_(plans), shard_(shard) {
  for_each_job([&](const job& j) {
    sum_.add(j);
    has_noted_blocks_ = has_noted_blocks_ || plans_.needs_note(j);
    for_each_tensor(j, [&](const tensor& t) { offsets_[t.type->bits] += t.bytes; });
  });
  std::uint64_t end = 0;
  for (auto& [bits, offset] : offsets_) {
    const std::uint64_t bytes = offset;
    offset = end;
    end += bytes;
  }
}

void layout::for_each_job(const std::function<void(const job&)>& visit) const {
  for (std::size_t i = 0; i < shard_.size(); ++i) {
    if (const auto j = plans_.plan(shard_.at(i))) visit(*j);
  }
}

void layout::write_header(output_file& file) {
  safetensors_header header(file, plans_.notes_for(shard_, has_noted_blocks_));
  for (const auto& [bits, offset] : offsets_) {
    for_each_job([&, width = bits](const job& j) {
      for_each_tensor(j, [&](const tensor& t) {
        if (t.type->bits == width) header.add(t);
      });
    });
  }
  const std::uint64_t data = header.finish();
  for (auto& [bits, offset] : offsets_) offset += data;
}

std::optional<job> layout::next_job() {
  const std::lock_guard lock(mutex_);
  const auto place = [&](tensor& t) {
    t.offset = offsets_[t.type->bits];
    offsets_[t.type->bits] += t.bytes;
  };
  std::optional<job> result;
  while (!result && next_ < shard_.size()) result = plans_.plan(shard_.at(next_++));
  if (!result) return result;
  place(result->to);
  if (result->to_scales) place(*result->to_scales);
  return result;
}

}  // namespace f8cast
