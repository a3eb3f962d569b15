// f8cast: casts the tensors of a file to 8-bit floating point, and says what that costs.
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

#include "commands.hpp"
#include "convert_file.hpp"
#include "options.hpp"
#include "shipped_weights.hpp"

namespace {

void run(const f8cast::options& what) {
  if (what.convert) {
    const f8cast::convert_options& c = what.conversion;
    f8cast::convert_file(c.input, c.output, c.how, std::cout);
  } else {
    f8cast::print_report(what.input ? *what.input : f8cast::shipped_weights(), what.to, std::cout);
  }
  if (!std::cout.flush()) throw std::runtime_error("standard output: cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    f8cast::options what;
    if (const auto status = f8cast::parse(argc, argv, what)) return *status;
    run(what);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "f8cast: " << error.what() << '\n';
    return 1;
  }
}
