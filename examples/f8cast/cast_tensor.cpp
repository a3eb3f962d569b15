#include "cast_tensor.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <f8/convert.hpp>
#include <f8/f8.hpp>
#include <vector>

namespace f8cast {
namespace {

constexpr std::uint64_t piece = 1 << 16;  // elements at a time: what the caches hold

bool host_is_big_endian() {
  const std::uint16_t one = 1;
  unsigned char first = 0;
  std::memcpy(&first, &one, 1);
  return first == 0;
}

template <class Source>
void reverse_bytes(Source* values, std::size_t n) {
  auto* bytes = reinterpret_cast<unsigned char*>(values);
  for (std::size_t i = 0; i < n; ++i, bytes += sizeof(Source)) {
    std::reverse(bytes, bytes + sizeof(Source));
  }
}

template <class Source>
void read_values(input_file& file, const tensor& t, std::uint64_t first,
                 std::vector<Source>& into) {
  file.read(t.offset + first * sizeof(Source), into.data(), into.size() * sizeof(Source));
  if (t.big_endian != host_is_big_endian()) reverse_bytes(into.data(), into.size());
}

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
summary cast_values(input_file& file, const tensor& t, const byte_sink& sink) {
  summary result;
  std::vector<Source> in;
  std::vector<Target> out;
  for (std::uint64_t first = 0; first < t.elements(); first += in.size()) {
    in.resize(std::min(piece, t.elements() - first));
    out.resize(in.size());
    read_values(file, t, first, in);
    f8::convert(in, out);
    observe(in, out, result);
    sink(out.data(), out.size());
  }
  return result;
}

template <class Target>
summary cast_to(input_file& file, const tensor& t, const byte_sink& sink) {
  switch (t.type->cast_from) {
    case source::f64:
      return cast_values<double, Target>(file, t, sink);
    case source::f32:
      return cast_values<float, Target>(file, t, sink);
    case source::f16:
      return cast_values<f8::float16, Target>(file, t, sink);
    case source::bf16:
      return cast_values<f8::bfloat16, Target>(file, t, sink);
    case source::none:
      break;
  }
  return {};
}

}  // namespace

summary cast_tensor(input_file& file, const tensor& t, target to, const byte_sink& sink) {
  return to == target::e4m3 ? cast_to<f8::e4m3>(file, t, sink) : cast_to<f8::e5m2>(file, t, sink);
}

void copy_tensor(input_file& file, const tensor& t, const byte_sink& sink) {
  std::vector<char> bytes;
  for (std::uint64_t first = 0; first < t.bytes; first += bytes.size()) {
    bytes.resize(std::min(piece, t.bytes - first));
    file.read(t.offset + first, bytes.data(), bytes.size());
    sink(bytes.data(), bytes.size());
  }
}

}  // namespace f8cast
