#include "commands/commands.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <ostream>
#include <string>
#include <vector>

#include "checkpoint/file_format.hpp"
#include "checkpoint/shard_index.hpp"
#include "convert/convert_tensor.hpp"
#include "convert/layout.hpp"
#include "convert/losses.hpp"
#include "print/loss_report.hpp"
#include "system/error.hpp"
#include "system/output_file.hpp"
#include "system/output_folder.hpp"
#include "system/parallel.hpp"
#include "system/progress.hpp"

namespace f8cast {
namespace {

/// One for each shard.
using layouts = std::deque<layout>;

/// Plans every tensor, so that nothing is written if one cannot be.
layouts lay_out(const checkpoint& from, const planner& plans) {
  layouts result;
  for (const model& shard : from.shards) result.emplace_back(plans, shard);
  return result;
}

totals total_of(const layouts& files) {
  totals result;
  for (const layout& file : files) result.add(file.sum());
  return result;
}

/// Writes one file after the other.
class writer {
 public:
  explicit writer(std::uint64_t bytes) : bar_(bytes) {}

  void write(layout& what, const std::string& path, const std::vector<std::string>& inputs = {}) {
    output_file file(path, inputs);
    what.write_header(file);
    in_parallel([&] {
      const auto next = what.next_job();
      losses lost;
      if (next) add(*next, convert_tensor(*next, {file, bar_, lost}), lost);
      return next.has_value();
    });
    file.commit();
    written_ += file.size();
  }

  const f8::cast_statistics& seen() const { return seen_; }
  const loss_report& lost() const { return lost_; }
  std::uint64_t written() const { return written_; }

 private:
  void add(const job& done, const f8::cast_statistics& s, losses lost) {
    const std::lock_guard lock(mutex_);
    if (!done.to_scales) lost.saturated = s.saturated;  // mx lets some saturate as a rule
    lost_.add(done.from, lost);
    seen_.values += s.values;
    seen_.saturated += s.saturated;
    seen_.underflowed += s.underflowed;
    seen_.nan += s.nan;
    seen_.absmax = std::max(seen_.absmax, s.absmax);
  }

  progress bar_;
  std::mutex mutex_;
  f8::cast_statistics seen_;
  loss_report lost_;
  std::uint64_t written_ = 0;
};

std::string shard_name(const model& shard) {
  return std::filesystem::path(shard.file.path()).filename().string();
}

void write_index(const shard_index& from, const layouts& files, const std::string& path) {
  metadata notes = from.notes;
  notes["total_size"] = std::to_string(total_of(files).bytes);
  index_writer index(path, notes);
  for (const layout& file : files) {
    file.for_each_job([&](const job& j) {
      index.add(j.to.name, shard_name(file.shard()));
      if (j.to_scales) index.add(j.to_scales->name, shard_name(file.shard()));
    });
  }
  index.commit();
}

void write_shards(const shard_index& from, layouts& files, const std::string& path, writer& w) {
  output_folder folder(path);
  for (layout& file : files) w.write(file, folder.file(shard_name(file.shard())));
  write_index(from, files, folder.file(from.name));
  folder.commit();
}

/// On stderr, a line each.
void print_all_ignored(const layouts& files) {
  for (const layout& file : files) {
    file.for_each_job([&](const job& j) {
      if (!j.ignored.empty()) print_ignored(j.from, j.ignored, std::cerr);
    });
  }
}

void print_tensors(const totals& sum, std::ostream& out) {
  out << sum.cast << (sum.cast == 1 ? " tensor" : " tensors") << " cast, " << sum.copied
      << " copied\n";
}

void print_values(const f8::cast_statistics& seen, std::ostream& out) {
  if (seen.values == 0) return;
  out << seen.values << " values: " << seen.saturated << " saturated, " << seen.underflowed
      << " became zero, " << seen.nan << " NaN; the largest is " << seen.absmax << '\n';
}

}  // namespace

const char* const convert_help =
    R"(To e4m3 and e5m2 are cast F64, F32, F16 and BF16, and what has 8 bits but another format, or other
scales than --scale asks for; to f32, f16 and bf16 also what has 8 bits, with its scales, which are
not written. All other tensors, and those not selected, are copied; scales and what else engines keep
beside weights are never cast. With scales, only tensors of two or more dimensions are cast: engines
read biases and norms in 16 or 32 bits. The value is always code * scale. Scales are written as

  --scale  tensor          dtype  shape              source
  tensor   NAME_scale      F32    [1]                compressed-tensors, vLLM: strategy "tensor"
  row      NAME_scale      F32    [rows, 1]          compressed-tensors, vLLM: strategy "channel"
  block    NAME_scale_inv  F32    [rows/R, cols/C]   DeepSeek-V3, README_WEIGHTS.md; rounded up
  mx       NAME_scale      U8     [rows, cols/32]    OCP MX 1.0, e8m0's codes; vLLM: "mxfp8"

and for a stack of matrices, such as a layer's experts, with their number before. Read are also F16,
BF16 and F8_E8M0, scales of columns, and LAYER.scale and LAYER.scale_weight for LAYER.weight. Scales
that are not understood, and packed codes, are refused where they are needed. docs/f8cast.md has all.
INPUT may be an index (.index.json), or a folder with one: then OUTPUT is a folder that is new, and
gets shards of the same names and their index.
An OUTPUT that is there keeps its permissions; it is never one of the files of INPUT. Tensors of
which values become infinite or NaN, or saturate without scales, and those of which a scale is
infinite or NaN, are named on stderr.)";

void convert_file(const std::string& input, const std::string& output, const conversion& how,
                  std::ostream& out) {
  const checkpoint from = open_checkpoint(input);
  from.index ? check_name_of_output_folder(output) : check_name_of_output_file(output);
  how.names.expect_matches({&from});
  const planner plans(from, how);
  layouts files = lay_out(from, plans);
  const totals sum = total_of(files);
  check_use_of_block(how, sum.reads_scales);
  if (how.ignore_scales) print_all_ignored(files);
  f8::cast_statistics seen;
  loss_report lost;
  std::uint64_t written = 0;
  {
    writer w(sum.bytes);
    if (from.index) {
      write_shards(*from.index, files, output, w);
    } else {
      w.write(files.front(), output, from.paths());
    }
    seen = w.seen();
    lost = w.lost();
    written = w.written();
  }
  lost.print(std::cerr);
  out << printable(input) << " to " << how.to->name << ", scale: " << how.scale->name << '\n';
  print_tensors(sum, out);
  print_values(seen, out);
  out << "Wrote " << printable(output) << ", " << written << " bytes\n";
}

}  // namespace f8cast
