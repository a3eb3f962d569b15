#include "cast_tensor.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <f8/convert.hpp>
#include <f8/f8.hpp>
#include <vector>

#include "elements.hpp"
#include "number.hpp"

namespace f8cast {
namespace {

constexpr std::uint64_t piece = 1 << 16;  // elements at a time: what the caches hold

/// A value saturates if it would become Inf or NaN, were it allowed to.
template <class Source, class Target>
void observe(const std::vector<Source>& in, const std::vector<Target>& out, summary& into) {
  std::vector<Target> unlimited(in.size());
  f8::convert(in, unlimited, f8::overflow::nonfinite);
  for (std::size_t i = 0; i < in.size(); ++i) {
    const bool saturates = !std::isfinite(static_cast<float>(unlimited[i]));
    into.add(static_cast<double>(in[i]), static_cast<double>(out[i]), saturates,
             f8::order_key(out[i]));
  }
}

template <class Source, class Target>
summary cast_values(const input_file& file, const tensor& t) {
  summary result;
  std::vector<Source> in;
  std::vector<Target> out;
  for (std::uint64_t first = 0; first < t.elements(); first += in.size()) {
    in.resize(std::min(piece, t.elements() - first));
    out.resize(in.size());
    read_elements(file, t, first, in.data(), in.size());
    f8::convert(in, out);
    observe(in, out, result);
  }
  return result;
}

template <class Target>
summary cast_to(const input_file& file, const tensor& t) {
  summary result;
  with_wide(t.type->holds, [&](auto in) { result = cast_values<decltype(in), Target>(file, t); });
  return result;
}

}  // namespace

summary cast_tensor(const input_file& file, const tensor& t, target to) {
  return to == target::e4m3 ? cast_to<f8::e4m3>(file, t) : cast_to<f8::e5m2>(file, t);
}

}  // namespace f8cast
