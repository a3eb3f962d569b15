#include "commands/diff.hpp"

#include <ostream>
#include <string>

#include "commands/compare_files.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

constexpr int equal = 0;
constexpr int different = 1;

}  // namespace

const char* const diff_help =
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

int print_diff(const diff_options& options, std::ostream& out) {
  differences found = compare_files(options.a, options.b, options.names, options.scales);
  out << "A: " << printable(options.a) << "\nB: " << printable(options.b) << "\n\n";
  found.print(out);
  return found.any() ? different : equal;
}

}  // namespace f8cast
