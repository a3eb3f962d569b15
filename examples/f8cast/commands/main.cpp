// f8cast: casts the tensors of a file to 8-bit floating point, and says what that costs.
#include <csignal>
#include <exception>
#include <iostream>
#include <stdexcept>

#include "commands/options.hpp"

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow: what writes it will say so
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
