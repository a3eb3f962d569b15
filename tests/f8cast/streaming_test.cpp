// Checkpoints that are large: little memory, and right to the last byte.
#include <sys/resource.h>

#include <cmath>
#include <cstdio>
#include <fstream>

#include "harness.hpp"
#include "read_back.hpp"
#include "scaled_expectation.hpp"

namespace f8cast_test {
namespace {

using nlohmann::json;

/// The most that any process had that this one waited for, in MiB.
double peak_memory_of_children() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// A safetensors file that stays where it is.
class large_file {
 public:
  explicit large_file(const std::string& path) : file_(path, std::ios::binary) {
    std::uint64_t length = 0;
    for (const char c : read(0, 8))
      length = length >> 8 | std::uint64_t{static_cast<unsigned char>(c)} << 56;
    begin_ = 8 + length;
    header_ = json::parse(read(8, length));
  }

  const json& header() const { return header_; }

  std::vector<double> values(const std::string& tensor, std::uint64_t first, std::uint64_t n) {
    return values_in(header_[tensor]["dtype"], bytes(tensor, first, n));
  }

  std::string bytes(const std::string& tensor, std::uint64_t first, std::uint64_t n) {
    const json& offsets = header_.at(tensor)["data_offsets"];
    const std::string dtype = header_[tensor]["dtype"];
    const std::uint64_t size = dtype == "F32" ? 4 : dtype == "BF16" ? 2 : 1;
    return read(begin_ + offsets[0].get<std::uint64_t>() + first * size, n * size);
  }

 private:
  std::string read(std::uint64_t offset, std::uint64_t n) {
    std::string bytes(n, '\0');
    file_.seekg(static_cast<std::streamoff>(offset));
    file_.read(bytes.data(), static_cast<std::streamsize>(n));
    EXPECT_TRUE(file_.good()) << "at " << offset;
    return bytes;
  }

  std::ifstream file_;
  std::uint64_t begin_ = 0;
  json header_;
};

/// A row of a tensor, and what it became with a scale of its own.
void expect_scaled_row(large_file& in, large_file& out, const std::string& tensor,
                       std::uint64_t row) {
  SCOPED_TRACE(tensor + ", row " + std::to_string(row));
  const std::uint64_t columns = in.header()[tensor]["shape"][1];
  const std::vector<double> values = in.values(tensor, row * columns, columns);
  const std::string codes = out.bytes(tensor, row * columns, columns);
  const double scale = out.values(tensor + "_scale", row, 1).at(0);
  double largest = 0;
  for (const double x : values) largest = std::max(largest, std::fabs(x));
  EXPECT_EQ(scale, float_scale(largest, e4m3));
  for (std::size_t i = 0; i < values.size(); ++i) {
    ASSERT_EQ(static_cast<unsigned char>(codes[i]), expected_code(values[i], scale, e4m3)) << i;
  }
}

/// The first row, the last, and one between, of every matrix.
void expect_scaled_rows(const std::string& input, const std::string& output) {
  large_file in(input);
  large_file out(output);
  for (const auto& [name, entry] : in.header().items()) {
    if (name == "__metadata__") continue;
    if (entry["shape"].size() < 2) {
      EXPECT_EQ(out.header().at(name)["dtype"], entry["dtype"]);
      continue;
    }
    const std::uint64_t rows = entry["shape"][0];
    for (const std::uint64_t row : {std::uint64_t{0}, rows / 3, rows - 1}) {
      expect_scaled_row(in, out, name, row);
    }
  }
}

class large : public f8cast {
 protected:
  void make(const std::string& name, const std::string& gigabytes, const std::string& dtype,
            const std::string& shards = "") const {
    const std::string command =
        F8CAST_MAKE_CHECKPOINT " " + path(name) + ' ' + gigabytes + ' ' + dtype + ' ' + shards;
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }

  void convert(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "convert");
    const outcome conversion = run(arguments);
    ASSERT_EQ(conversion.status, 0) << conversion.err;
    EXPECT_EQ(conversion.err, "") << "no bar where there is no terminal";
    expect_little_memory();
  }

  void expect_little_memory() const {
    EXPECT_LT(is_sanitized() ? 0 : peak_memory_of_children(), 64);
  }

  /// To codes by every way to scale, and back.
  void expect_streams(const std::string& gigabytes, const std::string& dtype) const {
    make("in", gigabytes, dtype);
    convert({"in", "-o", "out", "--scale", "row"});
    expect_scaled_rows(path("in"), path("out"));
    convert({"out", "-o", "back", "--to", "f32"});
    for (const std::string how : {"none", "tensor", "block", "mx"}) {
      convert({"in", "-o", "out", "--scale", how});
      convert({"out", "-o", "back", "--to", "bf16"});
    }
  }

  void expect_shards_stream(const std::string& gigabytes, const std::string& dtype) const {
    make("in", gigabytes, dtype, "3");
    convert({"in", "-o", "out", "--scale", "row"});
    for (const std::string i : {"1", "2", "3"}) {
      const std::string name = "/model-0000" + i + "-of-00003.safetensors";
      expect_scaled_rows(path("in") + name, path("out") + name);
    }
  }
};

TEST_F(large, file) {
  expect_streams("0.1", "F32");
}

TEST_F(large, file_of_16_bits) {
  expect_streams("0.06", "BF16");
}

TEST_F(large, checkpoint_in_shards) {
  expect_shards_stream("0.06", "BF16");
}

/// Tiles that are larger than what may be in memory.
TEST_F(large, tensor_of_zeros) {
  const std::uint64_t elements = std::uint64_t{1} << 26;
  const std::string shape = "[2," + std::to_string(elements / 2) + ']';
  const std::string header = '{' + entry("t", "F32", shape, 0, 4 * elements) + '}';
  write("in", little_endian(header.size()) + header);
  std::filesystem::resize_file(path("in"), 8 + header.size() + 4 * elements);
  for (const std::string how : {"row", "mx"}) {
    convert({"in", "-o", "out", "--scale", how});
    convert({"out", "-o", "back", "--to", "f16"});
  }
}

/// As many tensors and shards as DeepSeek-V3 has: the headers and the index, too, are to fit.
TEST_F(large, number_of_tensors) {
  constexpr std::size_t shards = 160;
  constexpr std::size_t of_shard = 280;  // and as many scales
  std::filesystem::create_directory(path("in"));
  json map;
  for (std::size_t shard = 0; shard < shards; ++shard) {
    const std::string file = "model-" + std::to_string(shard) + ".safetensors";
    std::string header = "{";
    for (std::size_t i = 0; i < of_shard; ++i) {
      const std::string name = "model.layers." + std::to_string(shard) + ".mlp.experts." +
                               std::to_string(i) + ".down_proj.weight";
      header += (i == 0 ? "" : ",") + entry(name, "BF16", "[2,2]", 8 * i, 8 * i + 8);
      map[name] = file;
    }
    write("in/" + file, safetensors(header + '}', std::string(8 * of_shard, '\1')));
  }
  write("in/model.safetensors.index.json", json{{"weight_map", map}}.dump());
  convert({"in", "-o", "out", "--scale", "block"});
  convert({"out", "-o", "back", "--to", "bf16"});
  EXPECT_EQ(json::parse(read_file(path("back/model.safetensors.index.json")))["weight_map"], map);
}

/// Headers with many tensors or long names. (What this process holds counts as its children's,
/// too.)
class large_header : public large {
 protected:
  template <class NameOf>
  void write_matrices(std::size_t n, NameOf name_of) const {
    std::ofstream file(path("in"), std::ios::binary);
    file << std::string(8, ' ');
    for (std::size_t i = 0; i < n; ++i) {
      file << (i == 0 ? '{' : ',') << entry(name_of(i), "BF16", "[2,2]", 8 * i, 8 * i + 8);
    }
    file << '}';
    const auto end = static_cast<std::uint64_t>(file.tellp());
    file << std::string(8 * n, '\1');
    file.seekp(0) << little_endian(end - 8);
  }
};

/// More than twice as many tensors in one file as DeepSeek-V3 has in all.
TEST_F(large_header, of_any_number_of_tensors) {
  write_matrices(200'000, [](std::size_t i) {
    return "model.layers." + std::to_string(i / 1000) + ".mlp.experts." + std::to_string(i % 1000) +
           ".down_proj.weight";
  });
  const auto last_line = [&](const std::vector<std::string>& arguments) {
    return run(arguments, "", "| tail -n 1").out;
  };
  convert({"in", "-o", "out"});
  EXPECT_EQ(row_of("NaN", last_line({"report", "in"})).at(0), "0");
  EXPECT_EQ(row_of("200000 tensors", last_line({"info", "out"})).at(0), "800000");
  expect_little_memory();
}

/// That of the input is half as long.
TEST_F(large_header, is_not_written_if_no_reader_would_take_it) {
  write_matrices(1'700, [](std::size_t i) { return std::to_string(i) + std::string(30'000, 'n'); });
  const outcome refusal = run({"convert", "in", "-o", "out", "--scale", "row"});
  EXPECT_EQ(refusal.status, 1);
  EXPECT_EQ(refusal.err.rfind("f8cast: out: its header would have 10", 0), 0U) << refusal.err;
  EXPECT_EQ(files(), (words{"in"}));
  expect_little_memory();
}

using full = large;

TEST_F(full, file_beyond_the_reach_of_32_bits) {
  expect_streams("4.6", "F32");
}

TEST_F(full, checkpoint_in_shards) {
  expect_shards_stream("4.6", "BF16");
}

}  // namespace
}  // namespace f8cast_test
