// Files that are not what they seem: one line on stderr, exit status 1, and nothing written.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "harness.hpp"

namespace f8cast_test {
namespace {

class malformed : public f8cast {
 protected:
  /// convert and report both say `line`, after the program's name, and an output file that is there
  /// stays as it is.
  void expect_refused(const std::string& file, const std::string& line) {
    write("out", "precious");
    const auto before = files();
    for (const auto& arguments :
         {std::vector<std::string>{"convert", file, "-o", "out"}, {"report", file}}) {
      const outcome refusal = run(arguments);
      EXPECT_EQ(refusal.status, 1);
      EXPECT_EQ(refusal.out, "");
      EXPECT_EQ(refusal.err, "f8cast: " + line + '\n');
    }
    EXPECT_EQ(files(), before);
    EXPECT_EQ(read_file(path("out")), "precious");
  }

  void expect_refused_bytes(const std::string& bytes, const std::string& reason) {
    write("in.safetensors", bytes);
    expect_refused("in.safetensors", "in.safetensors: " + reason);
  }

  /// A header around `entries`, before 16 bytes of data.
  void expect_refused_entries(const std::string& entries, const std::string& reason) {
    expect_refused_bytes(safetensors('{' + entries + '}', std::string(16, '\0')), reason);
  }
};

TEST_F(malformed, missing_file) {
  expect_refused("nothing.safetensors", "nothing.safetensors: No such file or directory");
}

/// As of a variable of the shell that is not set: no name is not the same as none.
TEST_F(malformed, empty_name) {
  expect_refused("", ": No such file or directory");
}

TEST_F(malformed, folder) {
  EXPECT_EQ(run({"report", "."}).err, "f8cast: .: a folder with no .index.json in it\n");
  EXPECT_EQ(run({"convert", ".", "-o", "out"}).err,
            "f8cast: .: a folder with no .index.json in it\n");
  EXPECT_TRUE(files().empty());
}

TEST_F(malformed, device) {
  expect_refused("/dev/zero", "/dev/zero: not a regular file");
}

TEST_F(malformed, empty) {
  expect_refused_bytes(
      "", "truncated: it ends before the 8 bytes of the header's length do (offset 0)");
}

TEST_F(malformed, truncated_anywhere) {
  const std::string good = one_tensor("F32", 4, std::string(16, '\0'));
  ASSERT_EQ(run({"report", write("good", good)}).status, 0);
  for (std::size_t size = 0; size < good.size(); ++size) {
    SCOPED_TRACE(size);
    write("in", good.substr(0, size));
    const outcome refusal = run({"convert", "in", "-o", "out"});
    EXPECT_EQ(refusal.status, 1);
    EXPECT_NE(refusal.err.find("(offset " + std::to_string(size) + ")"), std::string::npos)
        << refusal.err;
    EXPECT_EQ(files(), (std::vector<std::string>{"good", "in"}));
  }
}

TEST_F(malformed, truncated_data_names_the_tensor) {
  const std::string header =
      '{' + entry("a", "F32", "[2]", 0, 8) + ',' + entry("b", "F32", "[2]", 8, 16) + '}';
  expect_refused_bytes(safetensors(header, std::string(15, '\0')),
                       "tensor 'b': data_offsets [8, 16] go past the end of the file, which has 15 "
                       "bytes of data (offset " +
                           std::to_string(8 + header.size() + 15) + ")");
}

TEST_F(malformed, oversized_header) {
  expect_refused_bytes(little_endian(100'000'001) + "{}",
                       "a header of 100000001 bytes is too large (at most 100000000): not a "
                       "safetensors file? (offset 0)");
  expect_refused_bytes(little_endian(~std::uint64_t{0}) + "{}",
                       "a header of 18446744073709551615 bytes is too large (at most 100000000): "
                       "not a safetensors file? "
                       "(offset 0)");
}

TEST_F(malformed, header_beyond_the_end) {
  expect_refused_bytes(little_endian(3) + "{}",
                       "truncated: it ends before a header of 3 bytes does (offset 10)");
}

TEST_F(malformed, not_json) {
  expect_refused_bytes(safetensors("", ""), "the header is not valid JSON (offset 8)");
  expect_refused_bytes(safetensors("{]", ""), "the header is not valid JSON (offset 9)");
  expect_refused_bytes(safetensors("{}{", ""), "the header is not valid JSON (offset 10)");
  expect_refused_bytes(safetensors("{\"\xFF\":{}}", ""),
                       "the header is not valid JSON (offset 10)");
  expect_refused_bytes(safetensors(std::string("{}\0", 3), ""),
                       "the header is not valid JSON (offset 10)");
}

TEST_F(malformed, json_but_no_header) {
  for (const std::string header : {"[]", "null", "3", "\"text\"", " {}", "\xEF\xBB\xBF{}"}) {
    expect_refused_bytes(safetensors(header, ""), "the header does not begin with { (offset 8)");
  }
  expect_refused_bytes(safetensors(std::string(100'000, '['), ""),
                       "the header is nested too deeply (offset 8)");
  expect_refused_bytes(safetensors("{\"a\":1e999}", ""),
                       "a number in the header is too large (offset 8)");
}

TEST_F(malformed, entries_that_say_too_little) {
  expect_refused_entries(R"("a":3)", "tensor 'a': not a JSON object (offset 9)");
  expect_refused_entries(R"("a":{})", "tensor 'a': no dtype (offset 9)");
  expect_refused_entries(R"("a":{"dtype":"F32"})", "tensor 'a': no shape (offset 9)");
  expect_refused_entries(R"("a":{"dtype":"F32","shape":[4]})",
                         "tensor 'a': no data_offsets (offset 9)");
  expect_refused_entries(R"("a":{"dtype":32,"shape":[4],"data_offsets":[0,16]})",
                         "tensor 'a': dtype is not a string (offset 9)");
  expect_refused_entries(R"("a":{"dtype":"F32","shape":[4],"data_offsets":[0]})",
                         "tensor 'a': data_offsets are not two numbers (offset 9)");
}

TEST_F(malformed, unknown_dtype) {
  for (const std::string dtype : {"F31", "f32", "", "F32 "}) {
    expect_refused_entries(entry("a", dtype, "[4]", 0, 16),
                           "tensor 'a': unknown dtype '" + dtype + "' (offset 9)");
  }
}

TEST_F(malformed, numbers_that_are_none) {
  for (const std::string shape : {"[-4]", "[4.0]", "[\"4\"]", "[18446744073709551616]", "[null]",
                                  "[[4]]", "4", "{\"0\":4}"}) {
    expect_refused_entries(
        entry("a", "F32", shape, 0, 16),
        "tensor 'a': shape is not a list of integers from 0 to 2^64 - 1 (offset 9)");
  }
  expect_refused_entries(
      R"("a":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]})",
      "tensor 'a': data_offsets is not a list of integers from 0 to 2^64 - 1 (offset 9)");
}

TEST_F(malformed, size_overflows) {
  for (const std::string shape : {"[4294967296,4294967296]", "[18446744073709551615]",
                                  "[4611686018427387904,4]", "[1152921504606846976,16,0]"}) {
    std::string text = shape.substr(1, shape.size() - 2);
    std::replace(text.begin(), text.end(), ',', 'x');
    expect_refused_entries(entry("a", "F32", shape, 0, 16),
                           "tensor 'a': F32, shape " + text +
                               ": the size overflows, or is no whole number of bytes (offset 9)");
  }
}

TEST_F(malformed, size_is_not_of_dtype_and_shape) {
  expect_refused_entries(
      entry("a", "F32", "[3]", 0, 16),
      "tensor 'a': F32, shape 3 takes 12 bytes, but data_offsets [0, 16] are 16 (offset 9)");
  expect_refused_entries(
      entry("a", "F16", "[2,3]", 0, 16),
      "tensor 'a': F16, shape 2x3 takes 12 bytes, but data_offsets [0, 16] are 16 (offset 9)");
  expect_refused_entries(
      entry("a", "F32", "[]", 0, 16),
      "tensor 'a': F32, shape scalar takes 4 bytes, but data_offsets [0, 16] are 16 (offset 9)");
  expect_refused_entries(
      entry("a", "F4", "[3]", 0, 16),
      "tensor 'a': F4, shape 3: the size overflows, or is no whole number of bytes (offset 9)");
}

TEST_F(malformed, offsets_backwards_or_out_of_bounds) {
  expect_refused_entries(entry("a", "F32", "[4]", 16, 0),
                         "tensor 'a': data_offsets [16, 0] end before they begin (offset 9)");
  const std::string huge = entry("a", "F32", "[4]", 18446744073709551600U, 18446744073709551615U);
  const std::string end = std::to_string(8 + huge.size() + 2 + 16);
  expect_refused_entries(huge,
                         "tensor 'a': data_offsets [18446744073709551600, 18446744073709551615] go "
                         "past the end of the file, "
                         "which has 16 bytes of data (offset " +
                             end + ")");
}

TEST_F(malformed, overlaps) {
  const std::string entries =
      entry("a", "F32", "[3]", 0, 12) + ',' + entry("b", "F32", "[2]", 8, 16);
  expect_refused_entries(entries, "tensor 'b': overlaps tensor 'a' (offset " +
                                      std::to_string(8 + entries.size() + 2 + 8) + ")");
  const std::string same = entry("a", "F32", "[4]", 0, 16) + ',' + entry("b", "F32", "[4]", 0, 16);
  expect_refused_entries(
      same, "tensor 'b': overlaps tensor 'a' (offset " + std::to_string(8 + same.size() + 2) + ")");
}

TEST_F(malformed, holes) {
  const std::string between =
      entry("a", "F32", "[1]", 0, 4) + ',' + entry("b", "F32", "[2]", 8, 16);
  expect_refused_entries(between, "tensor 'b': a hole of 4 bytes before it (offset " +
                                      std::to_string(8 + between.size() + 2 + 4) + ")");
  const std::string before = entry("a", "F32", "[3]", 4, 16);
  expect_refused_entries(before, "tensor 'a': a hole of 4 bytes before it (offset " +
                                     std::to_string(8 + before.size() + 2) + ")");
  const std::string after = entry("a", "F32", "[3]", 0, 12);
  expect_refused_entries(after, "the last 4 bytes belong to no tensor (offset " +
                                    std::to_string(8 + after.size() + 2 + 12) + ")");
}

TEST_F(malformed, names_that_occur_twice) {
  const std::string first = entry("a", "F32", "[2]", 0, 8);
  expect_refused_entries(
      first + ',' + entry("a", "F32", "[2]", 8, 16),
      "tensor 'a': the name 'a' occurs twice in one object of the header (offset " +
          std::to_string(9 + first.size() + 1) + ")");
  const std::string inner =
      R"("a":{"dtype":"F32","dtype":"F32","shape":[4],"data_offsets":[0,16]})";
  const std::string line =
      "tensor 'a': the name 'dtype' occurs twice in one object of the header (offset 28)";
  expect_refused_entries(inner, line);
  expect_refused_entries(inner + ',' + entry("b", "F32", "[4]", 0, 16), line);
  expect_refused_entries(R"("__metadata__":{"a":"","\u0061":""})",
                         "the name 'a' occurs twice in one object of the header (offset 32)");
}

TEST_F(malformed, metadata_that_is_no_text) {
  for (const std::string notes : {"3", "{\"a\":3}", "[\"a\"]", "{\"a\":{}}"}) {
    expect_refused_entries("\"__metadata__\":" + notes,
                           "__metadata__ is not an object of strings (offset 9)");
  }
}

TEST_F(malformed, names_that_would_break_the_line) {
  expect_refused_entries(R"("a\nb\u001b[2J":3)",
                         R"(tensor 'a\x0Ab\x1B[2J': not a JSON object (offset 9))");
}

/// The offset is that of the tensor's own key, however it is spelled and wherever else the name is.
TEST_F(malformed, offset_of_a_name_that_occurs_elsewhere) {
  const std::string notes = R"("__metadata__":{"dtype\\":"\"dtype\":\\"},)";
  expect_refused_entries(
      notes + R"("\u0064type":{"dtype":3},"z":{"dtype":"F32"})",
      "tensor 'dtype': dtype is not a string (offset " + std::to_string(9 + notes.size()) + ")");
}

// ------------------------------------------------------------------------ files of another kind

/// A file of 600 bytes at least, so that it ends where its kind does not say.
std::string filled(std::string bytes, std::size_t size = 600) {
  bytes.resize(std::max(bytes.size(), size), '\x01');
  return bytes;
}

std::string tar_archive() {
  std::string bytes(1024, '\0');
  bytes.replace(0, 10, "model.json");
  bytes.replace(257, 5, "ustar");
  return bytes;
}

/// The first bytes as each format's own text says, and a word that has to be said of it.
const std::vector<std::pair<std::string, std::string>> other_kinds{
    {filled({"GGUF\3\0\0\0\x7B\0\0\0\0\0\0\0", 16}), "GGUF"},
    {filled({"lmgg\1\0\0\0", 8}), "GGML"},
    {filled({"tjgg\3\0\0\0", 8}), "GGML"},
    // By torch.save, by Python's zipfile, and one whose first 8 bytes are no large number.
    {filled({"PK\3\4\0\0\x08\x08\0\0\0\0\0\0\0\0", 16}), "zip"},
    {filled({"PK\3\4\x14\0\0\0\x08\0\0\0\0\0\0\0", 16}), "zip"},
    {filled({"PK\3\4\0\0\0\0\0\0\0\0", 12}), "zip"},
    {"PK\5\6" + std::string(18, '\0'), "zip"},
    // torch.save before 2020, and pickles of protocols 2 to 5.
    {filled("\x80\2\x8A\x0Al\xFC\x9C\x46\xF9 j\xA8P\x19."), "pickle"},
    {filled({"\x80\2}q\0X\1\0\0\0aq\1K\1s.", 17}), "pickle"},
    {filled({"\x80\4\x95\x0B\0\0\0\0\0\0\0}", 12}), "pickle"},
    {filled({"\x80\5\x95\x0B\0\0\0\0\0\0\0}", 12}), "pickle"},
    {filled("\x89HDF\r\n\x1A\n"), "HDF5"},
    {filled({"\x1F\x8B\x08\0\0\0\0\0\0\3", 10}), "gzip"},
    {filled({"\x1F\x8B\x08\x08\x9C\x46\xF9\x65\2\3", 10}), "gzip"},
    {filled("\x28\xB5\x2F\xFD\x24"), "zstd"},
    {filled({"\xFD\x37zXZ\0\0\4", 8}), "xz"},
    {filled("BZh91AY&SY"), "bzip2"},
    {tar_archive(), "tar"},
    {filled("\x08\x07\x12\x07pytorch\x1A\x05"), "ONNX"},
    {filled("\x08\x0A\x3A\xB1\x02\x0A\x10"), "ONNX"},
    {filled({"\x1C\0\0\0TFL3", 8}), "TensorFlow Lite"},
    {"{\"metadata\": {}, \"weight_map\": {\"a\": \"b\"}}", "JSON"},
    {"\xEF\xBB\xBF\n {\"weights\": 1}", "JSON"},
    {"[1, 2, 3, 4, 5]", "JSON"},
    {"version https://git-lfs.github.com/spec/v1\noid "
     "sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b"
     "1258daaa5e2ca24d17e2393\nsize 12345\n",
     "git lfs pull"},
    {"<!DOCTYPE html>\n<html>", "HTML"},
    {"\n<html lang=\"en\">", "HTML"},
    {"<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>", "XML"},
    {"Entry not found", "'Entry not found'"},
    {"Invalid username or password.\n", "'Invalid username or password.'"},
};

/// Each under one name after the other.
TEST_F(malformed, other_kinds_of_files_are_named) {
  const std::vector<std::string> names{"in.safetensors", "in.npy", "in", "in.index.json"};
  std::size_t i = 0;
  for (const auto& [bytes, kind] : other_kinds) {
    const std::string name = names[i++ % (kind == "JSON" ? 3 : 4)];
    SCOPED_TRACE(kind + " as " + name);
    write(name, bytes);
    const outcome refusal = run({"convert", name, "-o", "out"});
    EXPECT_EQ(refusal.status, 1);
    EXPECT_EQ(refusal.out, "");
    EXPECT_EQ(refusal.err.rfind("f8cast: " + name + ": not a", 0), 0U) << refusal.err;
    EXPECT_NE(refusal.err.find(kind), std::string::npos) << refusal.err;
    EXPECT_EQ(refusal.err.find("header of"), std::string::npos) << refusal.err;
    EXPECT_EQ(std::count(refusal.err.begin(), refusal.err.end(), '\n'), 1) << refusal.err;
    EXPECT_EQ(files(), std::vector<std::string>{name});
    std::filesystem::remove(path(name));
  }
}

TEST_F(malformed, each_kind_that_is_read_under_another_ones_name) {
  const std::string tensors = one_tensor("F32", 4, std::string(16, '\0'));
  const std::string array = filled({"\x93NUMPY\1\0\x76\0{'descr'", 18});
  for (const auto& [name, bytes, kind] :
       {std::tuple("a.npy", tensors, "not a .npy file, but a safetensors file"),
        std::tuple("a.index.json", tensors, "not an index of shards, but a safetensors file"),
        std::tuple("a.index.json", array, "not an index of shards, but a NumPy array"),
        std::tuple("a.safetensors", array, "not a safetensors file, but a NumPy array")}) {
    write(name, bytes);
    const std::string err = run({"info", name}).err;
    EXPECT_EQ(err.rfind(std::string("f8cast: ") + name + ": " + kind, 0), 0U) << err;
  }
}

/// The length of a header may be any number, whatever file begins with such bytes.
TEST_F(malformed, headers_whose_length_looks_like_another_kind) {
  for (const std::string beginning : {"\x80\2", "\x80\3", "\x80\4", "\x80\5", "\x1F\x8B",
                                      "\x1F\x8B\x08", "{", "<", "[\n", "BZ", "\x08\x07\x12"}) {
    const std::string length = beginning + std::string(8 - beginning.size(), '\0');
    std::size_t size = 0;
    for (std::size_t i = 8; i-- > 0;) size = size << 8 | static_cast<unsigned char>(length[i]);
    std::string header = '{' + entry("t", "U8", "[1]", 0, 1) + '}';
    header.resize(std::max(size, header.size()), ' ');
    write("in", little_endian(header.size()) + header + '1');
    EXPECT_EQ(run({"info", "in"}).status, 0) << size;
    write("in", little_endian(header.size()) + header.substr(0, header.size() - 1));
    EXPECT_NE(run({"info", "in"}).err.find("truncated"), std::string::npos) << size;
  }
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  while (times-- > 0) result += text;
  return result;
}

/// Headers that once took time in proportion to the square of their length.
TEST_F(malformed, long_headers_take_no_longer_than_their_length) {
  std::string tensors;
  for (std::size_t i = 0; i < 50'000; ++i) {
    tensors += '"' + std::to_string(i) + R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},)";
  }
  const std::string objects = "\"a\":[" + repeated("{},", 300'000) + "{}]";
  const std::string quotes = repeated("\\\"", 500'000);
  const std::string names = '"' + quotes + R"(":3,"a":")" + quotes + quotes + '"';
  for (const std::string& entries : {tensors + "\"a\":3", objects, names}) {
    write("in", safetensors('{' + entries + '}', ""));
    const outcome report = run({"report", "in"}, "ulimit -t 5; ");
    EXPECT_EQ(report.status, 1);
    EXPECT_NE(report.err.find("': not a JSON object (offset "), std::string::npos);
  }
}

/// Whatever the header says, the program ends as it should.
TEST_F(malformed, any_bytes) {
  std::uint32_t random = 1;
  for (int i = 0; i < 200; ++i) {
    std::string bytes = one_tensor("F32", 4, std::string(16, '\0'));
    for (int changes = 0; changes < 3; ++changes) {
      random = random * 1664525 + 1013904223;
      bytes[(random >> 8) % (bytes.size() - 16)] = static_cast<char>(random >> 24);
    }
    write("in", bytes);
    const outcome report = run({"report", "in"});
    EXPECT_TRUE(report.status == 0 || report.status == 1) << report.err;
    EXPECT_EQ(std::count(report.err.begin(), report.err.end(), '\n'), report.status) << report.err;
  }
}

}  // namespace
}  // namespace f8cast_test
