// f8cast: casts the tensors of a file to 8-bit floating point, and says what that costs.
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

#include "commands.hpp"
#include "options.hpp"

namespace {

int run(const f8cast::options& what) {
  if (!what.convert) return what.other.run(std::cout);
  f8cast::convert_file(*what.input, what.output, what.to, std::cout);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  f8cast::options what;
  try {
    if (const auto status = f8cast::parse(argc, argv, what)) return *status;
    const int status = run(what);
    if (!std::cout.flush()) throw std::runtime_error("standard output: cannot be written");
    return status;
  } catch (const std::exception& error) {
    std::cerr << "f8cast: " << error.what() << '\n';
    return what.other.trouble;
  }
}
