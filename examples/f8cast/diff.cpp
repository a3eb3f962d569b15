#include "diff.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <string>

#include "compare_files.hpp"
#include "error.hpp"

namespace f8cast {
namespace {

constexpr int equal = 0;
constexpr int different = 1;
constexpr int trouble = 2;

const char* const help =
    R"(Prints the tensors that differ: in name, dtype, shape, or a bit of their data. Metadata and order
do not matter. The codes of an 8-bit floating-point tensor are multiplied by the scales beside it,
those that f8cast info shows; scales that only one file has are not missed in the other. The array
of a .npy file has no name: it is compared with the other file's only tensor. Columns:
  A, B       dtypes
  differ     values that are not the same number, NaN being the same as NaN
  max |b-a|  largest difference of finite values
  max error  largest |b-a| / |a| of the finite values that are zero in neither
  to zero    finite, and zero in B but not in A
  SNR dB     10 log10 of the sum of a^2 over the sum of (b-a)^2, where both are finite
Exit status: 0 if no tensor differs, 1 if one does, 2 if that could not be told.)";

struct paths {
  std::string a, b;
};

int print_diff(const paths& files, std::ostream& out) {
  const differences found = compare_files(files.a, files.b);
  out << "A: " << printable(files.a) << "\nB: " << printable(files.b) << "\n\n";
  found.print(out);
  return found.any() ? different : equal;
}

}  // namespace

void add_diff(CLI::App& app, command& into) {
  CLI::App& diff = *app.add_subcommand("diff", "Print in what the tensors of two files differ");
  const auto files = std::make_shared<paths>();
  diff.add_option("A", files->a, "A .safetensors or .npy file, or an index of shards")->required();
  diff.add_option("B", files->b, "Another")->required();
  diff.footer(help);
  diff.callback([files, &into] {
    into.trouble = trouble;
    into.run = [files](std::ostream& out) { return print_diff(*files, out); };
  });
}

}  // namespace f8cast
