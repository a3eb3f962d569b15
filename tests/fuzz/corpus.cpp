// A corpus as libFuzzer takes it, which is a folder with a file for each input:
//
//   fuzz_corpus unpack CORPUS FOLDER   makes that
//   fuzz_corpus pack FOLDER            prints its lines, of what libFuzzer found, say
#include "corpus.hpp"

#include <cstdio>
#include <filesystem>
#include <iterator>

namespace {

namespace fs = std::filesystem;

void unpack(const std::string& corpus, const fs::path& folder) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  int count = 0;
  for (const std::string& input : read_corpus(corpus)) {
    std::ofstream(folder / std::to_string(count++), std::ios::binary) << input;
  }
}

void pack(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::puts(line_of({std::istreambuf_iterator<char>(file), {}}).c_str());
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::string command = count > 1 ? arguments[1] : "";
  if (command == "unpack" && count == 4) {
    unpack(arguments[2], arguments[3]);
  } else if (command == "pack" && count == 3) {
    pack(arguments[2]);
  } else {
    std::fputs("usage: fuzz_corpus unpack CORPUS FOLDER | pack FOLDER\n", stderr);
    return 2;
  }
  return 0;
}
