// Checkpoints in shards, which an index holds together.
#include <algorithm>
#include <csignal>
#include <filesystem>

#include "harness.hpp"
#include "read_back.hpp"

namespace f8cast_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using names = std::vector<std::string>;

constexpr const char* index_name = "model.safetensors.index.json";
constexpr const char* shard_1 = "model-00001-of-00002.safetensors";
constexpr const char* shard_2 = "model-00002-of-00002.safetensors";

class shards : public f8cast {
 protected:
  shards() {
    fs::create_directory(path("in"));
    write_shard(
        shard_1,
        '{' + entry("a", "F32", "[2,2]", 0, 16) + ',' + entry("bias", "F32", "[1]", 16, 20) + '}',
        bytes_of<float>({1, 2, 3, 448, 5}));
    write_shard(shard_2, '{' + entry("b", "F32", "[1,2]", 0, 8) + '}', bytes_of<float>({-1, 896}));
    write_index({{"a", shard_1}, {"bias", shard_1}, {"b", shard_2}});
  }

  void write_shard(const std::string& name, const std::string& header,
                   const std::string& data) const {
    write("in/" + name, safetensors(header, data));
  }

  void write_index(const json& map) const {
    const json notes{{"total_size", 28}, {"total_parameters", 7}};
    write_text(json{{"metadata", notes}, {"weight_map", map}}.dump());
  }
  void write_text(const std::string& text) const { write("in/" + std::string(index_name), text); }

  contents read(const std::string& file) const { return read_safetensors(path("out/" + file)); }
  json read_index() const { return json::parse(read_file(path("out/" + std::string(index_name)))); }

  void expect_refused(const std::string& line, const std::string& input = "in") const {
    const names before = files();
    const outcome refusal = run({"convert", input, "-o", "out", "--scale", "row"});
    EXPECT_EQ(refusal.status, 1);
    EXPECT_EQ(refusal.out, "");
    EXPECT_EQ(refusal.err, "f8cast: " + line + '\n');
    EXPECT_EQ(files(), before);
  }
};

names files_in(const std::string& folder) {
  names result;
  for (const auto& file : fs::directory_iterator(folder)) {
    result.push_back(file.path().filename().string());
  }
  std::sort(result.begin(), result.end());
  return result;
}

TEST_F(shards, become_shards_of_the_same_names) {
  for (const std::string input : {"in", "in/", "in/model.safetensors.index.json"}) {
    SCOPED_TRACE(input);
    const outcome conversion = run({"convert", input, "-o", "out", "--scale", "row"});
    ASSERT_EQ(conversion.status, 0) << conversion.err;
    EXPECT_EQ(files(), (names{"in", "out"}));
    EXPECT_EQ(files_in(path("out")), (names{shard_1, shard_2, index_name}));
    EXPECT_EQ(values_in("F32", read(shard_1).data_of("a_scale")).at(1), 1);
    EXPECT_EQ(values_in("F32", read(shard_2).data_of("b_scale")).at(0), 2);
    EXPECT_EQ(values_in("F8_E4M3", read(shard_2).data_of("b")).at(1), 448);
    EXPECT_EQ(read(shard_1).data_of("bias"), bytes_of<float>({5}));
    EXPECT_EQ(read_index(), (json{{"metadata",
                                   // 4 + 2 codes, a bias and 2 + 1 scales of 4 bytes
                                   {{"total_size", 4 + 2 + 4 + 8 + 4}, {"total_parameters", 7}}},
                                  {"weight_map",
                                   {{"a", shard_1},
                                    {"a_scale", shard_1},
                                    {"bias", shard_1},
                                    {"b", shard_2},
                                    {"b_scale", shard_2}}}}));
    fs::remove_all(path("out"));
  }
}

TEST_F(shards, come_back) {
  ASSERT_EQ(run({"convert", "in", "-o", "mid", "--scale", "block"}).status, 0);
  ASSERT_EQ(run({"convert", "mid", "-o", "out", "--to", "f32"}).status, 0);
  EXPECT_EQ(read(shard_2).data_of("b"), bytes_of<float>({-1, 896}));
  EXPECT_EQ(read_index()["weight_map"], (json{{"a", shard_1}, {"bias", shard_1}, {"b", shard_2}}));
  EXPECT_EQ(read_index()["metadata"]["total_size"], 28);
}

TEST_F(shards, scales_may_be_in_another_shard) {
  write_shard(shard_1, '{' + entry("w", "F8_E4M3", "[1,2]", 0, 2) + '}', "\x38\x40");  // 1, 2
  write_shard(shard_2, '{' + entry("w_scale", "F32", "[1]", 0, 4) + '}', bytes_of<float>({3}));
  write_index({{"w", shard_1}, {"w_scale", shard_2}});
  ASSERT_EQ(run({"convert", "in", "-o", "out", "--to", "f32"}).status, 0);
  EXPECT_EQ(read(shard_1).data_of("w"), bytes_of<float>({3, 6}));
  EXPECT_TRUE(read(shard_2).header.empty());
  EXPECT_EQ(read_index()["weight_map"], (json{{"w", shard_1}}));
}

TEST_F(shards, never_go_where_something_is) {
  write("out", "a file");
  expect_refused("out: not a folder: will not be replaced");
  fs::remove(path("out"));
  fs::create_directory(path("out"));
  write("out/precious", "old");
  expect_refused("out: a folder with files in it: will not be replaced");
  EXPECT_EQ(files_in(path("out")), names{"precious"});
  const outcome itself = run({"convert", "in", "-o", "in"});
  EXPECT_EQ(itself.err, "f8cast: in: a folder with files in it: will not be replaced\n");
  EXPECT_EQ(files_in(path("in")), (names{shard_1, shard_2, index_name}));
}

TEST_F(shards, may_go_into_an_empty_folder) {
  fs::create_directory(path("out"));
  ASSERT_EQ(run({"convert", "in", "-o", "out/"}).status, 0);
  EXPECT_EQ(files_in(path("out")), (names{shard_1, shard_2, index_name}));
}

TEST_F(shards, that_the_index_does_not_know_are_refused) {
  write_index({{"a", shard_1}, {"b", shard_2}});
  expect_refused(
      "in/model-00001-of-00002.safetensors: tensor 'bias': not in the shard that "
      "in/model.safetensors.index.json says");
  write_index({{"a", shard_1}, {"bias", shard_2}, {"b", shard_2}});
  expect_refused(
      "in/model-00001-of-00002.safetensors: tensor 'bias': not in the shard that "
      "in/model.safetensors.index.json says");
  write_index({{"a", shard_2}, {"bias", shard_1}, {"b", shard_1}});  // as many in each as there are
  expect_refused(
      "in/model-00001-of-00002.safetensors: tensor 'a': not in the shard that "
      "in/model.safetensors.index.json says");
  write_index({{"a", shard_1}, {"bias", shard_1}, {"b", shard_2}, {"c", shard_2}});
  expect_refused(
      "in/model-00002-of-00002.safetensors: tensor 'c': missing, though "
      "in/model.safetensors.index.json has it here");
  write_index({{"a", shard_1}, {"bias", shard_1}, {"b", shard_2}, {"c", "other"}});
  expect_refused("in/other: No such file or directory");
}

TEST_F(shards, that_have_the_same_tensor_are_refused) {
  write_shard(shard_2, '{' + entry("a", "F32", "[1,2]", 0, 8) + '}', bytes_of<float>({-1, 896}));
  write_index({{"a", shard_1}, {"bias", shard_1}});
  EXPECT_EQ(run({"convert", "in", "-o", "out"}).status, 0) << "the index leaves the second out";
  fs::remove_all(path("out"));
  const std::string text = R"({"weight_map":{"a":")" + std::string(shard_1) + R"(","bias":")" +
                           shard_1 + R"(","\u0061":")" + shard_2 + R"("}})";
  write_text(text);
  expect_refused(
      "in/model.safetensors.index.json: tensor 'a': the name 'a' occurs twice in one object of the "
      "index (offset " +
      std::to_string(text.find(R"("\u0061)")) + ")");
  write_text(R"({"weight_map":{"a":{"b":3,"b":3}}})");
  expect_refused(
      "in/model.safetensors.index.json: tensor 'a': the name 'b' occurs twice in one "
      "object of the index (offset 26)");
}

TEST_F(shards, an_index_that_is_none_is_refused) {
  const std::string file = "in/model.safetensors.index.json: ";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "the index is not valid JSON (offset 0)"},
      {"{]", "the index is not valid JSON (offset 1)"},
      {"{} {", "the index is not valid JSON (offset 3)"},
      {std::string("{}\0", 3), "the index is not valid JSON (offset 2)"},
      {"[]", "the index does not begin with { (offset 0)"},
      {"\xEF\xBB\xBF{}", "the index does not begin with { (offset 0)"},
      {"{}", "the index has no weight_map"},
      {R"({"weight_map":3})", "the index's weight_map is not an object"},
      {R"({"weight_map":{"a":3}})", "tensor 'a': its shard in the index is not the name of a file"},
      {R"({"weight_map":{"a":"../in/x"}})",
       "tensor 'a': its shard in the index is not the name of a file"},
      {R"({"weight_map":{"a":".."}})",
       "tensor 'a': its shard in the index is not the name of a file"},
      {R"({"weight_map":{"a":""}})",
       "tensor 'a': its shard in the index is not the name of a file"},
      {R"({"metadata":[],"weight_map":{}})", "the index's metadata is not an object"},
      {R"({"weight_map":{"a":"x\u0000"}})",
       "tensor 'a': its shard in the index is not the name of a file"},
      {R"({"a":1e999})", "a number in the index is too large (offset 0)"},
      {R"({"metadata":)" + std::string(100'000, '['), "the index is nested too deeply (offset 0)"},
      {R"({"weight_map":{"a":{"b":"c"}}})",
       "tensor 'a': its shard in the index is not the name of a file"},
      {R"({"weight_map":{},"weight_map":{}})",
       "the name 'weight_map' occurs twice in one object of the index (offset 17)"},
      {R"({"metadata":{"a":1,"a":1},"weight_map":{}})",
       "the name 'a' occurs twice in one object of the index (offset 19)"},
  };
  for (const auto& [text, reason] : cases) {
    write_text(text);
    expect_refused(file + reason);
  }
}

/// Objects in one list once took time in proportion to the square of their number.
TEST_F(shards, a_long_index_takes_no_longer_than_its_length) {
  std::string objects;
  for (int i = 0; i < 300'000; ++i) objects += "{},";
  write_text(R"({"metadata":{"a":[)" + objects + R"({}]},"weight_map":{"a":")" + shard_1 +
             R"(","bias":")" + shard_1 + R"(","b":")" + shard_2 + R"("}})");
  const outcome info = run({"info", "in"}, "ulimit -t 5; ");
  EXPECT_EQ(info.status, 0) << info.err;
}

TEST_F(shards, a_folder_has_one_index) {
  fs::rename(path("in/model.safetensors.index.json"), path("in/other.index.json"));
  EXPECT_EQ(run({"convert", "in", "-o", "out"}).status, 0);
  write_index({});
  expect_refused("in: a folder with more than one .index.json in it");
  expect_refused(".: a folder with no .index.json in it", ".");
}

TEST_F(shards, one_that_is_not_right_leaves_nothing) {
  write("in/" + std::string(shard_2), "not a model");
  const outcome refusal = run({"convert", "in", "-o", "out"});
  EXPECT_EQ(refusal.status, 1);
  EXPECT_EQ(refusal.err.rfind("f8cast: in/model-00002-of-00002.safetensors: ", 0), 0U);
  EXPECT_EQ(files(), names{"in"});
}

/// Two shards of which the shard_1 fits.
class large_shards : public shards {
 protected:
  static constexpr std::uint64_t elements = std::uint64_t{1} << 27;

  large_shards() {
    const std::string header =
        '{' + entry("b", "F32", '[' + std::to_string(elements) + ']', 0, 4 * elements) + '}';
    write("in/" + std::string(shard_2), little_endian(header.size()) + header);
    fs::resize_file(path("in/" + std::string(shard_2)), 8 + header.size() + 4 * elements);
  }
};

TEST_F(large_shards, that_do_not_fit_leave_nothing) {
  const outcome refusal = run({"convert", "in", "-o", "out"}, "ulimit -f 16; ");
  EXPECT_EQ(refusal.status, 1);
  EXPECT_NE(refusal.err.find("cannot be written: "), std::string::npos) << refusal.err;
  EXPECT_EQ(files(), names{"in"});
}

TEST_F(large_shards, interrupted_leave_nothing) {
  const outcome interrupted =
      run({"convert", "in", "-o", "out"}, "",
          "& for i in $(seq 1000); do ls out.*.tmp/*2.safetensors.*.tmp >/dev/null 2>&1 && break; "
          "sleep 0.01; done; kill -TERM $!; wait $!");
  EXPECT_EQ(interrupted.status, 128 + SIGTERM) << interrupted.err;
  EXPECT_EQ(files(), names{"in"});
}

}  // namespace
}  // namespace f8cast_test
