#include "convert_file.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <numeric>
#include <ostream>
#include <vector>

#include "convert_tensor.hpp"
#include "error.hpp"
#include "output_file.hpp"
#include "output_folder.hpp"
#include "parallel.hpp"
#include "progress.hpp"

namespace f8cast {
namespace {

std::uint64_t sum_of_bytes(const std::vector<file_plan>& files) {
  return std::accumulate(
      files.begin(), files.end(), std::uint64_t{0},
      [](std::uint64_t sum, const file_plan& file) { return sum + file.bytes(); });
}

/// Writes the plan's files one after the other.
class writer {
 public:
  explicit writer(const std::vector<file_plan>& files) : bar_(sum_of_bytes(files)) {}

  void write(const file_plan& what, const std::string& path) {
    output_file file(path);
    file.write(what.header.data(), what.header.size());
    in_parallel(what.jobs.size(), [&](std::size_t i) {
      add(convert_tensor(what.jobs[i], {file, bar_}));
    });
    file.commit();
    written_ += file.size();
  }

  void write(const std::string& text, const std::string& path) {
    output_file file(path);
    file.write(text.data(), text.size());
    file.commit();
    written_ += file.size();
  }

  const f8::cast_statistics& seen() const { return seen_; }
  std::uint64_t written() const { return written_; }

 private:
  void add(const f8::cast_statistics& s) {
    const std::lock_guard lock(mutex_);
    seen_.values += s.values;
    seen_.saturated += s.saturated;
    seen_.underflowed += s.underflowed;
    seen_.nan += s.nan;
    seen_.absmax = std::max(seen_.absmax, s.absmax);
  }

  progress bar_;
  std::mutex mutex_;
  f8::cast_statistics seen_;
  std::uint64_t written_ = 0;
};

std::string shard_name(const model& shard) {
  return std::filesystem::path(shard.file.path()).filename().string();
}

std::string new_index(const checkpoint& from, const std::vector<file_plan>& files) {
  std::map<std::string, std::string> map;
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (const job& j : files[i].jobs) {
      map[j.to.name] = shard_name(from.shards[i]);
      if (j.to_scales) map[j.to_scales->name] = shard_name(from.shards[i]);
    }
  }
  nlohmann::json notes = from.index->notes;
  notes["total_size"] = sum_of_bytes(files);
  return index_text(notes, map);
}

void write_shards(const checkpoint& from, const std::vector<file_plan>& files,
                  const std::string& path, writer& w) {
  output_folder folder(path);
  for (std::size_t i = 0; i < files.size(); ++i) {
    w.write(files[i], folder.file(shard_name(from.shards[i])));
  }
  w.write(new_index(from, files), folder.file(from.index->name));
  folder.commit();
}

void print_tensors(const std::vector<file_plan>& files, std::ostream& out) {
  std::size_t cast = 0;
  std::size_t copied = 0;
  for (const file_plan& file : files) {
    for (const job& j : file.jobs) ++(j.how == treatment::copy ? copied : cast);
  }
  out << cast << (cast == 1 ? " tensor" : " tensors") << " cast, " << copied << " copied\n";
}

void print_values(const f8::cast_statistics& seen, std::ostream& out) {
  if (seen.values == 0) return;
  out << seen.values << " values: " << seen.saturated << " saturated, " << seen.underflowed
      << " became zero, " << seen.nan << " NaN; the largest is " << seen.absmax << '\n';
}

}  // namespace

void convert_file(const std::string& input, const std::string& output, const conversion& how,
                  std::ostream& out) {
  const checkpoint from = open_checkpoint(input);
  const std::vector<file_plan> files = make_plan(from, how);
  f8::cast_statistics seen;
  std::uint64_t written = 0;
  {
    writer w(files);
    if (from.index) {
      write_shards(from, files, output, w);
    } else {
      w.write(files.front(), output);
    }
    seen = w.seen();
    written = w.written();
  }
  out << printable(input) << " to " << how.to->name << ", scale: " << how.scale->name << '\n';
  print_tensors(files, out);
  print_values(seen, out);
  out << "Wrote " << printable(output) << ", " << written << " bytes\n";
}

}  // namespace f8cast
