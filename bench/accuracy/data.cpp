#include "data.hpp"

#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace accuracy {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& what,
                       const std::string& package) {
  throw std::runtime_error(path + ": " + what + " (Debian's package " + package + ")");
}

/// All that a shell command prints; what it had printed when it failed.
std::string output_of(const std::string& command) {
  std::string bytes;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<char, 1 << 16> part;
  std::size_t n = 0;
  while (pipe && (n = std::fread(part.data(), 1, part.size(), pipe.get())) > 0) {
    bytes.append(part.data(), n);
  }
  return bytes;
}

/// The data of a compressed IDX file of bytes, whose header is its type, its number of dimensions
/// (up to 255, after two bytes of zero and one of the type), and the sizes, of 4 bytes each.
std::vector<std::uint8_t> read_idx(const std::string& path, std::size_t dimensions,
                                   std::size_t item) {
  const std::string bytes = output_of("gzip -dc '" + path + "'");
  const std::size_t header = 4 + 4 * dimensions;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  std::size_t items = 0;
  for (std::size_t i = 4; i < 8 && i < bytes.size(); ++i) items = items * 256 + byte(i);
  if (bytes.size() < header || byte(2) != 8 || byte(3) != dimensions || items == 0 ||
      bytes.size() != header + items * item) {
    fail(path, "is not there, or not the gzipped IDX file expected", "dataset-fashion-mnist");
  }
  return {bytes.begin() + static_cast<std::ptrdiff_t>(header), bytes.end()};
}

}  // namespace

images read_fashion_mnist(const std::string& part, const std::string& folder) {
  const std::string path = folder + "/" + part;
  images result{read_idx(path + "-images-idx3-ubyte.gz", 3, images::area),
                read_idx(path + "-labels-idx1-ubyte.gz", 1, 1)};
  if (result.pixels.size() != result.labels.size() * images::area) {
    fail(path + "-labels-idx1-ubyte.gz", "has not a label for each image", "dataset-fashion-mnist");
  }
  for (const std::uint8_t label : result.labels) {
    if (label >= images::classes) {
      fail(path + "-labels-idx1-ubyte.gz", "has a label above 9", "dataset-fashion-mnist");
    }
  }
  return result;
}

text read_text(const std::string& command) {
  const std::string bytes = output_of(command);
  if (bytes.size() < 100000) {
    fail(command.substr(0, command.find(' ')), "does not print the text", "bible-kjv");
  }
  std::array<int, 256> symbol{};
  for (const char c : bytes) symbol[static_cast<std::uint8_t>(c)] = 1;
  text result;
  for (int& s : symbol) s = s == 1 ? result.symbols++ : -1;
  for (const char c : bytes) result.characters.push_back(symbol[static_cast<std::uint8_t>(c)]);
  return result;
}

}  // namespace accuracy
