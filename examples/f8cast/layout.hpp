// Where the tensors of a file of the output are in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "output_file.hpp"
#include "plan.hpp"

namespace f8cast {

/// What one shard becomes. Remembers a few bytes of each tensor, and plans again what it is asked
/// for: files may have a hundred thousand tensors.
class layout {
 public:
  /// Both have to stay where they are. Throws file_error where a tensor cannot be planned.
  layout(const planner& plans, const model& shard);

  /// All before the data. To be called once, before job_at().
  void write_header(output_file& file);

  std::size_t jobs() const { return kept_.size(); }
  /// In the order of the input's bytes, with the offsets of their tensors.
  job job_at(std::size_t i) const;

 private:
  /// A tensor of the output: that of a job, or its scales.
  struct member {
    std::uint32_t job;
    unsigned bits;  // of an element
    bool is_scales;
  };
  struct offsets {
    std::uint64_t values = 0;
    std::uint64_t scales = 0;
  };

  job plan(std::size_t i) const { return *plans_.plan(shard_, shard_.tensors[kept_[i]]); }
  std::vector<member> in_order_of_output() const;

  const planner& plans_;
  const model& shard_;
  std::vector<std::uint32_t> kept_;  // tensors of the shard that are not used up
  std::vector<offsets> offsets_;     // of each job's tensors
};

}  // namespace f8cast
