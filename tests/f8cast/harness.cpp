#include "harness.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace f8cast_test {
namespace {

namespace fs = std::filesystem;

fs::path new_folder() {
  std::string name = testing::TempDir() + "f8cast_test.XXXXXX";
  if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make " + name);
  return name;
}

std::string program_to_test() {
  const char* const program = std::getenv("F8CAST_PROGRAM");
  if (program == nullptr) throw std::runtime_error("F8CAST_PROGRAM has to name the f8cast to test");
  return program;
}

std::string quoted(const std::string& argument) {
  std::string result = "'";
  for (const char c : argument) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

}  // namespace

f8cast::f8cast() : program_(program_to_test()), folder_(new_folder()) {}

void f8cast::TearDown() {
  std::error_code error;
  fs::remove_all(folder_, error);
}

outcome f8cast::run(const std::vector<std::string>& arguments, const std::string& before,
                    const std::string& after) const {
  const std::string out = folder_.string() + ".out";
  const std::string err = folder_.string() + ".err";
  std::string command = "cd " + quoted(folder_.string()) + "; " + before + quoted(program_);
  for (const std::string& argument : arguments) command += ' ' + quoted(argument);
  command = "{ " + command + ' ' + after + "; } >" + quoted(out) + " 2>" + quoted(err);

  const int status = std::system(command.c_str());
  outcome result{WEXITSTATUS(status), read_file(out), read_file(err)};
  fs::remove(out);
  fs::remove(err);
  return result;
}

bool f8cast::is_sanitized() const {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#else
  return fs::path(program_).filename() == "f8cast_sanitized";
#endif
}

std::string f8cast::write(const std::string& name, const std::string& bytes) const {
  std::ofstream(path(name), std::ios::binary) << bytes;
  return path(name);
}

std::vector<std::string> f8cast::files() const {
  std::vector<std::string> names;
  for (const auto& file : fs::directory_iterator(folder_)) {
    names.push_back(file.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_file(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

std::string safetensors(const std::string& header, const std::string& data) {
  return little_endian(header.size()) + header + data;
}

std::string entry(const std::string& name, const std::string& dtype, const std::string& shape,
                  std::size_t begin, std::size_t end) {
  return '"' + name + R"(":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":[)" +
         std::to_string(begin) + ',' + std::to_string(end) + "]}";
}

std::string one_tensor(const std::string& dtype, std::size_t elements, const std::string& data) {
  return safetensors(
      '{' + entry("t", dtype, '[' + std::to_string(elements) + ']', 0, data.size()) + '}', data);
}

void expect_close(const std::string& printed, double expected) {
  EXPECT_NEAR(std::stod(printed), expected, std::fabs(expected) * 0.00501) << printed;
}

std::vector<std::string> row_of(const std::string& name, const std::string& table) {
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    if (line.compare(0, name.size() + 1, name + ' ') != 0) continue;
    std::istringstream stream(line.substr(name.size()));
    return {std::istream_iterator<std::string>(stream), {}};
  }
  return {};
}

std::string little_endian(std::uint64_t number, unsigned bytes) {
  std::string result;
  for (unsigned i = 0; i < bytes; ++i) result += static_cast<char>(number >> (8 * i) & 0xFF);
  return result;
}

}  // namespace f8cast_test
