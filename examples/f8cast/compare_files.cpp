#include "compare_files.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

#include "model.hpp"
#include "scale_tensor.hpp"
#include "scaled_values.hpp"
#include "values.hpp"

namespace f8cast {
namespace {

constexpr std::uint64_t piece = 1 << 16;  // elements or bytes at a time: what the caches hold

/// A file, and which of its tensors are the scales of which.
struct side {
  explicit side(const std::string& path) : contents(open_model(path)), scales(contents.tensors) {}

  /// A .npy file does not name its array.
  bool has_names() const {
    return std::filesystem::path(contents.file.path()).extension() != ".npy";
  }

  model contents;
  scale_finder scales;
};

/// A tensor where it is.
struct located {
  side& in;
  const tensor& what;

  void read(std::uint64_t first, std::vector<char>& into) const {
    in.contents.file.read(what.offset + first, into.data(), into.size());
  }
  scaled_values values() const { return {in.contents, what, in.scales.find(what)}; }
};

struct named_pair {
  const tensor* a = nullptr;
  const tensor* b = nullptr;
};

std::map<std::string, named_pair> pair_up(const side& a, const side& b) {
  std::map<std::string, named_pair> result;
  const auto& in_a = a.contents.tensors;
  const auto& in_b = b.contents.tensors;
  for (const tensor& t : in_a) result[t.name].a = &t;
  const bool only_ones = in_a.size() == 1 && in_b.size() == 1;
  const bool by_name = !only_ones || (a.has_names() && b.has_names());
  for (const tensor& t : in_b) result[by_name ? t.name : in_a[0].name].b = &t;
  return result;
}

bool same_bytes(const located& a, const located& b) {
  std::vector<char> bytes_a;
  std::vector<char> bytes_b;
  for (std::uint64_t first = 0; first < a.what.bytes; first += bytes_a.size()) {
    bytes_a.resize(std::min(piece, a.what.bytes - first));
    bytes_b.resize(bytes_a.size());
    a.read(first, bytes_a);
    b.read(first, bytes_b);
    if (bytes_a != bytes_b) return false;
  }
  return true;
}

bool same_tensor(const located& a, const located& b) {
  return a.what.type == b.what.type && a.what.big_endian == b.what.big_endian &&
         a.what.shape == b.what.shape && same_bytes(a, b);
}

/// The scales count as part of what they scale.
bool same_scales(const located& a, const located& b) {
  const auto scales_a = a.in.scales.find(a.what);
  const auto scales_b = b.in.scales.find(b.what);
  if (!scales_a || !scales_b) return !scales_a && !scales_b;
  return same_tensor({a.in, *scales_a->values}, {b.in, *scales_b->values});
}

deviation compare_values(const located& a, const located& b) {
  deviation result;
  scaled_values from_a = a.values();
  scaled_values from_b = b.values();
  std::vector<double> in_a;
  std::vector<double> in_b;
  for (std::uint64_t first = 0; first < a.what.elements(); first += in_a.size()) {
    in_a.resize(std::min(piece, a.what.elements() - first));
    in_b.resize(in_a.size());
    from_a.read(in_a);
    from_b.read(in_b);
    for (std::size_t i = 0; i < in_a.size(); ++i) result.add(in_a[i], in_b[i]);
  }
  return result;
}

void compare(const std::string& name, const located& a, const located& b, differences& into) {
  if (a.what.shape != b.what.shape) {
    into.add(name, &a.what, &b.what, "shapes differ");
  } else if (same_tensor(a, b) && same_scales(a, b)) {
    into.add_equal();
  } else if (has_values(*a.what.type) && has_values(*b.what.type)) {
    into.add(name, a.what, b.what, compare_values(a, b));
  } else {
    into.add(name, &a.what, &b.what, "bytes differ");
  }
}

}  // namespace

differences compare_files(const std::string& path_a, const std::string& path_b) {
  differences result;
  side in_a(path_a);
  side in_b(path_b);
  for (const auto& [name, tensors] : pair_up(in_a, in_b)) {
    const auto [a, b] = tensors;
    if (a && b) {
      compare(name, {in_a, *a}, {in_b, *b}, result);
    } else if (a && !in_a.scales.is_scale(*a)) {
      result.add(name, a, nullptr, "only in A");
    } else if (b && !in_b.scales.is_scale(*b)) {
      result.add(name, nullptr, b, "only in B");
    }
  }
  return result;
}

}  // namespace f8cast
