// The two data sets, from Debian's packages. Errors are std::runtime_error, of one line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace accuracy {

/// Fashion-MNIST: images of 28 x 28 bytes, row by row, and their classes, 0 to 9.
struct images {
  static constexpr int side = 28, area = side * side, classes = 10;
  std::vector<std::uint8_t> pixels, labels;
};

inline constexpr char fashion_mnist_folder[] = "/usr/share/datasets/fashion-mnist";

/// `part` is "train" (60,000 images) or "t10k" (10,000, for tests).
images read_fashion_mnist(const std::string& part,
                          const std::string& folder = fashion_mnist_folder);

/// Characters as symbols: 0 to symbols - 1 in the order of their codes.
struct text {
  std::vector<int> characters;
  int symbols = 0;
};

/// What a shell command prints: by default the King James Version of the Bible, of 1611, without
/// the verses' numbers.
inline constexpr char bible[] =
    "bible -f -l 80 gen1:1-rev22:21 </dev/null | sed -E 's/^[1-3]?[A-Z][A-Za-z]*[0-9]+:[0-9]+ //'";
text read_text(const std::string& command = bible);

}  // namespace accuracy
