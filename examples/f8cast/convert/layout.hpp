// Where the tensors of a file of the output are in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

#include "convert/plan.hpp"
#include "system/output_file.hpp"

namespace f8cast {

struct totals {
  std::uint64_t bytes = 0;  ///< of data
  std::size_t cast = 0;     ///< tensors
  std::size_t copied = 0;
  bool reads_scales = false;  ///< of the input, for blocks perhaps

  void add(const job& j);
  void add(const totals& other);
};

/// What one shard becomes. Wide elements come first, as the reference implementation writes them,
/// so that each tensor begins at a multiple of its element's size; otherwise the order is the
/// input's. Remembers nothing of each tensor, and plans them anew: files may have millions.
class layout {
 public:
  /// Both have to stay where they are. Throws file_error where a tensor cannot be planned.
  layout(const planner& plans, const model& shard);

  const model& shard() const { return shard_; }
  const totals& sum() const { return sum_; }
  /// Calls visit() with each job in the order of the input's bytes; its tensors have no offsets
  /// yet.
  void for_each_job(const std::function<void(const job&)>& visit) const;

  /// All before the data. To be called once, before next_job().
  void write_header(output_file& file);

  /// The jobs in the order of the input's bytes, with the offsets of their tensors; none after the
  /// last. Several threads may ask at a time.
  std::optional<job> next_job();

 private:
  const planner& plans_;
  const model& shard_;
  totals sum_;
  bool has_noted_blocks_ = false;  // whose size the header has to say
  std::mutex mutex_;
  std::size_t next_ = 0;  // tensor of the shard
  // Where the next tensor begins whose elements have so many bits.
  std::map<unsigned, std::uint64_t, std::greater<>> offsets_;
};

}  // namespace f8cast
