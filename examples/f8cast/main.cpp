// f8cast: casts the tensors of a file to 8-bit floating point, and says what that costs.
#include <exception>
#include <iostream>
#include <stdexcept>

#include "command.hpp"
#include "options.hpp"

int main(int argc, char** argv) {
  f8cast::command what;
  try {
    if (const auto status = f8cast::parse(argc, argv, what)) return *status;
    const int status = what.run(std::cout);
    if (!std::cout.flush()) throw std::runtime_error("standard output: cannot be written");
    return status;
  } catch (const std::exception& error) {
    std::cerr << "f8cast: " << error.what() << '\n';
    return what.trouble;
  }
}
