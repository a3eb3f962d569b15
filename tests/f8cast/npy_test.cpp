// NumPy's files, in each version of their format.
#include <algorithm>

#include "expectation.hpp"
#include "harness.hpp"

namespace f8cast_test {
namespace {

/// As numpy.lib.format writes it: the header is padded with spaces and a newline to a multiple
/// of 64.
std::string npy(unsigned version, std::string header, const std::string& data) {
  const unsigned length_bytes = version == 1 ? 2 : 4;
  const std::size_t before = 8 + length_bytes;
  header.resize((before + header.size() + 64) / 64 * 64 - before - 1, ' ');
  header += '\n';
  return "\x93NUMPY" + std::string{static_cast<char>(version), '\0'} +
         little_endian(header.size(), length_bytes) + header + data;
}

std::string header_of(const std::string& descr, const std::string& shape,
                      const std::string& fortran_order = "False") {
  return "{'descr': '" + descr + "', 'fortran_order': " + fortran_order + ", 'shape': " + shape +
         ", }";
}

/// Each element's bytes in the other order.
std::string reversed(std::string bytes, std::size_t element) {
  for (std::size_t i = 0; i < bytes.size(); i += element) {
    std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(i),
                 bytes.begin() + static_cast<std::ptrdiff_t>(i + element));
  }
  return bytes;
}

const std::string six_floats = bytes_of<float>({1, -2, 3, 0.3F, 500, 0});
const std::string six_codes = "\x38\xC0\x44\x2A\x7E" + std::string(1, '\0');

TEST_F(f8cast, reads_npy_versions_1_to_3) {
  for (const unsigned version : {1U, 2U, 3U}) {
    SCOPED_TRACE(version);
    write("weights.npy", npy(version, header_of("<f4", "(2, 3)"), six_floats));
    const outcome report = run({"report", "weights.npy"});
    EXPECT_EQ(report.status, 0) << report.err;
    EXPECT_EQ(row_of("weights", report.out).at(shape), "2x3");
    EXPECT_EQ(row_of("weights", report.out).at(saturated), "1");
  }
}

TEST_F(f8cast, converts_npy_to_a_tensor_with_the_name_of_the_file) {
  write("my.weights.npy", npy(1, header_of("<f4", "(2, 3)"), six_floats));
  ASSERT_EQ(run({"convert", "my.weights.npy", "-o", "out"}).status, 0);
  const std::string header =
      R"({"my.weights":{"dtype":"F8_E4M3","shape":[2,3],"data_offsets":[0,6]}})";
  const std::string padded = header + std::string((8 - header.size() % 8) % 8, ' ');
  EXPECT_EQ(read_file(path("out")), safetensors(padded, six_codes));
}

TEST_F(f8cast, reads_npy_of_every_floating_point_type_and_byte_order) {
  const std::string halves = bytes_of<std::uint16_t>({0x3C00, 0xC000});
  const std::string doubles = bytes_of<double>({1, -2});
  for (const auto& [descr, data] :
       {std::pair("<f2", halves), std::pair(">f2", reversed(halves, 2)),
        std::pair(">f4", reversed(six_floats.substr(0, 8), 4)), std::pair("<f8", doubles),
        std::pair(">f8", reversed(doubles, 8))}) {
    SCOPED_TRACE(descr);
    write("a.npy", npy(1, header_of(descr, "(2,)"), data));
    ASSERT_EQ(run({"convert", "a.npy", "-o", "out"}).status, 0);
    const std::string file = read_file(path("out"));
    EXPECT_EQ(file.substr(file.size() - 2), six_codes.substr(0, 2));
    ASSERT_EQ(run({"convert", "a.npy", "-o", "out", "--to", "bf16"}).status, 0);
    const std::string wide = read_file(path("out"));
    EXPECT_EQ(wide.substr(wide.size() - 4), bytes_of<std::uint16_t>({0x3F80, 0xC000}));
  }
}

TEST_F(f8cast, reads_npy_scalars_and_old_headers) {
  for (const std::string shape : {"()", "(1,)", "(1L,)", "( 1 , 1 )"}) {
    write("a.npy", npy(1, header_of("<f4", shape), six_floats.substr(0, 4)));
    EXPECT_EQ(run({"report", "a.npy"}).status, 0) << shape;
  }
  write("a.npy", npy(1, "{\"shape\":(),\"fortran_order\":False,\"descr\":\"<f4\"}",
                     six_floats.substr(0, 4)));
  EXPECT_EQ(run({"report", "a.npy"}).status, 0);
}

TEST_F(f8cast, reads_npy_in_fortran_order_where_that_is_c_order) {
  for (const std::string shape : {"()", "(6,)", "(1, 6, 1)"}) {
    const std::string data = shape == "()" ? six_floats.substr(0, 4) : six_floats;
    write("a.npy", npy(1, header_of("<f4", shape, "True"), data));
    ASSERT_EQ(run({"convert", "a.npy", "-o", "out"}).status, 0) << shape;
    const std::string file = read_file(path("out"));
    const std::string codes = six_codes.substr(0, data.size() / 4);
    EXPECT_EQ(file.substr(file.size() - codes.size()), codes) << shape;
  }
}

TEST_F(f8cast, refuses_npy_files_that_are_not_right) {
  const std::string good = npy(1, header_of("<f4", "(2, 3)"), six_floats);
  std::string version_9 = good;
  version_9[6] = 9;
  const std::vector<std::pair<std::string, std::string>> cases{
      {good.substr(0, 3), "not a .npy file"},
      {"PK\x03\x04" + std::string(60, 'x'), "not a .npy file"},
      {version_9, "version 9 is unknown (offset 6)"},
      {good.substr(0, 9), "truncated"},
      {good.substr(0, 50), "truncated: it ends before a header of 118 bytes does (offset 50)"},
      {good.substr(0, good.size() - 1),
       "tensor 'a': truncated: 23 bytes of data instead of 24 (offset 151)"},
      {good + "x", "tensor 'a': too long: 25 bytes of data instead of 24"},
      {npy(1, header_of("<f4", "(2, 3)", "True"), six_floats), "Fortran order"},
      {npy(1, header_of("<i4", "(2, 3)"), six_floats), "dtype '<i4'"},
      {npy(1, header_of("|V2", "(12,)"), six_floats), "dtype '|V2'"},
      {npy(1, header_of("", "(6,)"), six_floats), "dtype ''"},
      {npy(1, header_of("<f4", "(-2, -3)"), six_floats), "no number from 0 on here"},
      {npy(1, header_of("<f4", "(6.0,)"), six_floats), "the header is not valid"},
      {npy(1, header_of("<f4", "(18446744073709551616,)"), six_floats), "a number of 2^64 or more"},
      {npy(1, header_of("<f4", "(4611686018427387904, 4)"), six_floats), "overflows"},
      {npy(1, header_of("<f4", "(6 6)"), six_floats), "the header is not valid: no ) here"},
      {npy(1, header_of("<f4", "(6,)") + "x", six_floats), "more than a dictionary"},
      {npy(1, "{'descr': '<f4', 'shape': (6,)}", six_floats), "is missing"},
      {npy(1, "{'descr': '<f4', 'descr': '<f4'}", six_floats), "'descr' occurs twice"},
      {npy(1, "{'descr': '<f4', 'order': 1}", six_floats), "unknown key 'order'"},
      {npy(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,)}", six_floats),
       "the header is not valid"},
      {npy(1, "{'descr: ", six_floats), "a string that does not end"},
      {npy(1, "", six_floats), "no { here"},
      {npy(2, header_of("<f4", "(6,)") + std::string(70000, ' '), six_floats),
       "is too large (offset 8)"},
  };
  for (const auto& [bytes, reason] : cases) {
    SCOPED_TRACE(reason);
    write("a.npy", bytes);
    const outcome conversion = run({"convert", "a.npy", "-o", "out"});
    EXPECT_EQ(conversion.status, 1);
    EXPECT_EQ(conversion.out, "");
    EXPECT_EQ(conversion.err.rfind("f8cast: a.npy: ", 0), 0U) << conversion.err;
    EXPECT_NE(conversion.err.find(reason), std::string::npos) << conversion.err;
    EXPECT_EQ(std::count(conversion.err.begin(), conversion.err.end(), '\n'), 1);
    EXPECT_EQ(files(), std::vector<std::string>{"a.npy"});
  }
}

}  // namespace
}  // namespace f8cast_test
