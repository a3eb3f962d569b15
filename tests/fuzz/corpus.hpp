// A corpus is a text of one input a line, in which a byte that does not print is \HH, as is a
// backslash, a # that begins the line and a space that ends it. A line that begins with # says what
// the next one is.
#pragma once

#include <cstddef>
#include <fstream>
#include <string>
#include <vector>

inline std::string input_of(const std::string& line) {
  std::string bytes;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\') {
      bytes += line[i];
    } else {
      bytes += static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16));
      i += 2;
    }
  }
  return bytes;
}

inline std::string line_of(const std::string& input) {
  const char* const digits = "0123456789ABCDEF";
  std::string line;
  for (std::size_t i = 0; i < input.size(); ++i) {
    const char c = input[i];
    const bool at_edge = (c == '#' && i == 0) || (c == ' ' && i + 1 == input.size());
    if (' ' <= c && c <= '~' && c != '\\' && !at_edge) {
      line += c;
    } else {
      const unsigned code = static_cast<unsigned char>(c);
      line += {'\\', digits[code / 16], digits[code % 16]};
    }
  }
  return line;
}

inline std::vector<std::string> read_corpus(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> inputs;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] != '#') inputs.push_back(input_of(line));
  }
  return inputs;
}
