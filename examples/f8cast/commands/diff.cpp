#include "commands/commands.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "checkpoint/checkpoint.hpp"
#include "checkpoint/elements.hpp"
#include "print/differences.hpp"
#include "scales/scale_catalog.hpp"
#include "scales/scaled_values.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

constexpr std::uint64_t piece = 1 << 16;  // elements or bytes at a time: what the caches hold

/// A checkpoint, and which of its tensors are the scales of which.
struct side {
  side(const checkpoint& in, const scale_options& how) : contents(in), scales(in, how) {}

  /// False for an array that its file does not name.
  bool has_names() const { return contents.shards[0].format->has_names; }

  /// True for scales of codes that are understood, and for what marks them.
  bool tells_of_codes(const tensor& t) const {
    const part kind = scales.part_of(t);
    if (kind == part::marker) return true;
    const auto owner = kind == part::beside ? scales.owner_of(t) : std::nullopt;
    if (!owner || scales.part_of(owner->what) != part::codes) return false;
    const auto found = scales.find(*owner).scales;
    return found && found->values.what.name == t.name;
  }

  const checkpoint& contents;
  scale_catalog scales;
};

/// A tensor, and where to look for its scales.
struct operand {
  located at;
  const side* in;

  const tensor& what() const { return at.what; }
  void read(std::uint64_t first, std::vector<char>& into) const {
    at.file->read(what().offset + first, into.data(), into.size());
  }
  part kind() const { return in->scales.part_of(what()); }
  scale_answer answer() const {
    return kind() == part::codes ? in->scales.find(at) : scale_answer{};
  }
  /// Throws file_error if they are not understood.
  std::optional<scale_tensor> scales() const {
    return kind() == part::codes ? in->scales.scales_of(at) : std::nullopt;
  }
  /// True if it stands for numbers that can be compared.
  bool is_comparable() const { return what().type->has_values() && kind() != part::packed; }
};

/// Tensors of one name, or the only ones where a file names none.
class pairing {
 public:
  pairing(const side& a, const side& b)
      : only_ones_(a.contents.size() == 1 && b.contents.size() == 1 &&
                   !(a.has_names() && b.has_names())) {}

  /// What t is to be compared with; none if the other file has no such tensor.
  std::optional<located> partner(const located& t, const side& other) const {
    return only_ones_ ? other.contents.at(0) : other.scales.names().find(t.what.name);
  }

 private:
  bool only_ones_;
};

bool same_bytes(const operand& a, const operand& b) {
  std::vector<char> bytes_a;
  std::vector<char> bytes_b;
  for (std::uint64_t first = 0; first < a.what().bytes; first += bytes_a.size()) {
    bytes_a.resize(std::min(piece, a.what().bytes - first));
    bytes_b.resize(bytes_a.size());
    a.read(first, bytes_a);
    b.read(first, bytes_b);
    if (bytes_a != bytes_b) return false;
  }
  return true;
}

bool same_tensor(const operand& a, const operand& b) {
  return a.what().type == b.what().type && a.what().big_endian == b.what().big_endian &&
         a.what().shape == b.what().shape && same_bytes(a, b);
}

/// The scales count as part of what they scale. Those that are not understood in either file are
/// tensors of their own.
bool same_scales(const operand& a, const operand& b) {
  const scale_answer in_a = a.answer();
  const scale_answer in_b = b.answer();
  if (!in_a.scales || !in_b.scales) {
    return !in_a.scales && !in_b.scales && in_a.trouble.empty() == in_b.trouble.empty();
  }
  return in_a.scales->tiles == in_b.scales->tiles &&
         same_tensor({in_a.scales->values, a.in}, {in_b.scales->values, b.in});
}

void tell_ignored(const operand& of) {
  const std::string ignored = of.in->scales.ignored(of.at);
  if (!ignored.empty()) print_ignored(of.at, ignored, std::cerr);
}

deviation compare_values(const operand& a, const operand& b) {
  deviation result;
  tell_ignored(a);
  tell_ignored(b);
  scaled_values from_a(a.at, a.scales());
  scaled_values from_b(b.at, b.scales());
  std::vector<double> in_a;
  std::vector<double> in_b;
  for (std::uint64_t first = 0; first < a.what().elements(); first += in_a.size()) {
    in_a.resize(std::min(piece, a.what().elements() - first));
    in_b.resize(in_a.size());
    from_a.read(first, in_a.data(), in_a.size());
    from_b.read(first, in_b.data(), in_b.size());
    for (std::size_t i = 0; i < in_a.size(); ++i) result.add(in_a[i], in_b[i]);
  }
  return result;
}

void compare(std::string_view name, const operand& a, const operand& b, differences& into) {
  if (a.what().shape != b.what().shape) {
    into.add(name, &a.what(), &b.what(), "shapes differ");
  } else if (same_tensor(a, b) && same_scales(a, b)) {
    into.add_equal();
  } else if (a.is_comparable() && b.is_comparable()) {
    into.add(name, a.what(), b.what(), compare_values(a, b));
  } else {
    into.add(name, &a.what(), &b.what(), "bytes differ");
  }
}

/// Calls visit() with each tensor that is selected.
template <class Visit>
void for_each_selected(const side& in, const name_filter& names, Visit visit) {
  for (std::size_t i = 0; i < in.contents.size(); ++i) {
    const located t = in.contents.at(i);
    if (names.selects(t.what.name)) visit(t);
  }
}

constexpr int equal = 0;
constexpr int different = 1;

/// The differences of the tensors whose names are selected. Throws file_error if either file cannot
/// be read, or if codes whose values are compared have scales that are not understood.
differences compare_files(const std::string& path_a, const std::string& path_b,
                          const name_filter& names, const scale_options& how) {
  differences result;
  // Reading a header takes twice the memory of what is kept: both come before the tables of names.
  const checkpoint contents_a = open_checkpoint(path_a);
  const checkpoint contents_b = open_checkpoint(path_b);
  names.expect_matches({&contents_a, &contents_b});
  const side in_a(contents_a, how);
  const side in_b(contents_b, how);
  const pairing pairs(in_a, in_b);
  for_each_selected(in_a, names, [&](const located& a) {
    const auto b = pairs.partner(a, in_b);
    if (b) {
      compare(a.what.name, {a, &in_a}, {*b, &in_b}, result);
    } else if (!in_a.tells_of_codes(a.what)) {
      result.add(a.what.name, &a.what, nullptr, "only in A");
    }
  });
  for_each_selected(in_b, names, [&](const located& b) {
    if (pairs.partner(b, in_a) || in_b.tells_of_codes(b.what)) return;
    result.add(b.what.name, nullptr, &b.what, "only in B");
  });
  return result;
}

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
