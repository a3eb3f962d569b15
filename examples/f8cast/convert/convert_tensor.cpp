#include "convert/convert_tensor.hpp"

#include <algorithm>
#include <cmath>
#include <f8/convert.hpp>
#include <f8/scale.hpp>
#include <memory>
#include <vector>

#include "checkpoint/elements.hpp"
#include "scales/panels.hpp"
#include "scales/scaled_values.hpp"
#include "types/network_types.hpp"

namespace f8cast {
namespace {

constexpr std::size_t room = 1 << 19;  // elements in memory at a time

/// A tensor as a matrix of one row, to be cut anywhere.
f8::tiling in_a_row(std::size_t n) {
  return f8::per_block(1, n, 1, 1);
}

/// Calls visit() with each part of a tensor that is a matrix of tiles.
template <class Visit>
void for_each_slice(const tile_grid& tiles, Visit visit) {
  const slices parts(tiles);
  for (std::uint64_t i = 0; i < parts.count(); ++i) visit(parts.at(i));
}

/// A panel's tiles, as of a matrix of its own.
f8::tiling tiles_within(const f8::tiling& matrix, const panel& p) {
  return f8::per_block(p.rows, p.columns, matrix.tile_rows, matrix.tile_columns);
}

/// Room for as many elements as are needed at a time, up to a number known before. It is not set to
/// anything: that
/// would take as long as reading them.
template <class T>
class buffer {
 public:
  explicit buffer(std::size_t most) : elements_(new T[most]) {}

  T* data() { return elements_.get(); }
  std::size_t size() const { return size_; }
  void resize(std::size_t n) { size_ = n; }

 private:
  std::unique_ptr<T[]> elements_;
  std::size_t size_ = 0;
};

/// Reads elements as they are stored.
template <class T>
class stored_elements {
 public:
  using value = T;
  explicit stored_elements(const job& what) : from_(what.from) {}

  void read(std::uint64_t first, T* into, std::size_t n) {
    read_elements(*from_.file, from_.what, first, into, n);
  }

 private:
  const located& from_;
};

/// Reads codes of 8 bits as the numbers that they and their scales stand for.
class exact_values {
 public:
  using value = double;
  explicit exact_values(const job& what) : values_(what.from, what.from_scales) {}

  void read(std::uint64_t first, double* into, std::size_t n) { values_.read(first, into, n); }

 private:
  scaled_values values_;
};

/// A part of a tensor in memory: what In reads of the input, and what becomes of it.
template <class In, class Out>
class window {
 public:
  window(const job& what, const conversion_sink& into)
      : in(most_of(what)), out(most_of(what)), job_(what), into_(into), from_(what) {}

  buffer<typename In::value> in;
  buffer<Out> out;

  /// Says that matrices are that part of the tensor from now on.
  void enter(const slice& part) { first_ = part.first_element; }

  /// Calls convert() with the panel loaded, and stores what it leaves in `out`.
  template <class Convert>
  void at_once(const f8::tiling& matrix, const panel& p, Convert convert) {
    load(matrix, p);
    convert();
    store(matrix, p);
  }

  /// Does as at_once(), in pieces that memory holds, wherever they end.
  template <class Convert>
  void in_pieces(const f8::tiling& matrix, const panel& p, Convert convert) {
    for_each_run(matrix, p, room, [&](const run& r) { at_once(row(), as_panel(r), convert); });
  }

  /// Calls visit() with one piece loaded after the other.
  template <class Visit>
  void look_at(const f8::tiling& matrix, const panel& p, Visit visit) {
    for_each_run(matrix, p, room, [&](const run& r) {
      load(row(), as_panel(r));
      visit();
    });
  }

 private:
  static std::size_t most_of(const job& what) {
    return std::min<std::size_t>(room, what.from.what.elements());
  }

  f8::tiling row() const { return in_a_row(job_.from.what.elements()); }
  static panel as_panel(const run& r) { return {0, r.first, 1, r.size}; }

  void load(const f8::tiling& matrix, const panel& p) {
    in.resize(p.size());
    out.resize(p.size());
    auto* next = in.data();
    for_each_run(matrix, p, room, [&](const run& r) {
      from_.read(first_ + r.first, next, r.size);
      next += r.size;
    });
  }

  void store(const f8::tiling& matrix, const panel& p) {
    Out* next = out.data();
    for_each_run(matrix, p, room, [&](const run& r) {
      write_elements(into_.file, job_.to, first_ + r.first, next, r.size);
      next += r.size;
    });
    into_.bar.advance(p.size() * sizeof(Out));
  }

  const job& job_;
  const conversion_sink& into_;
  In from_;
  std::uint64_t first_ = 0;  // element of the tensor at which matrices begin
};

/// Element by element: convert(in, out, n).
template <class In, class Out, class Convert>
void convert_elements(const job& what, const conversion_sink& into, Convert convert) {
  const std::size_t n = what.from.what.elements();
  window<In, Out> w(what, into);
  w.in_pieces(in_a_row(n), {0, 0, 1, n}, [&] { convert(w.in.data(), w.out.data(), w.in.size()); });
}

/// The largest magnitude of the finite values, which is what f8::find_scales takes.
template <class T>
double largest_finite(const T* values, std::size_t n) {
  double largest = f8::absmax(values, n);
  if (std::isfinite(largest)) return largest;
  largest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double magnitude = std::fabs(static_cast<double>(values[i]));
    if (std::isfinite(magnitude)) largest = std::max(largest, magnitude);
  }
  return largest;
}

template <class To>
void find_scale(double largest, float& scale) {
  scale = f8::scale_for<To>(largest);
}

template <class To>
void find_scale(double largest, f8::e8m0& scale) {
  scale = f8::mx_scale_for<To>(largest);
}

/// Quantizes a tensor with new scales; In reads what is to be quantized.
template <class In, class Out, class Scale>
class quantization {
 public:
  quantization(const job& what, const conversion_sink& into)
      : job_(what), into_(into), window_(what, into) {}

  f8::cast_statistics run() {
    for_each_slice(job_.to_tiles, [this](const slice& part) {
      window_.enter(part);
      for_each_panel(part.tiles, room, [&](const panel& p) { quantize(part, p); });
    });
    return seen_;
  }

 private:
  void quantize(const slice& part, const panel& p) {
    scales_.resize(tiles_within(part.tiles, p).size());
    p.size() <= room ? quantize_tiles(part.tiles, p) : quantize_large_tile(part.tiles, p);
    into_.lost.add_scales(scales_.data(), scales_.size());
    const std::size_t first = part.first_scale + part.tiles.index(p.row, p.column);
    into_.bar.advance(scales_.size() * sizeof(Scale));
    write_elements(into_.file, *job_.to_scales, first, scales_.data(), scales_.size());
  }

  void quantize_tiles(const f8::tiling& matrix, const panel& p) {
    const f8::tiling tiles = tiles_within(matrix, p);
    window_.at_once(matrix, p, [&] {
      f8::find_scales<Out>(window_.in.data(), tiles, scales_.data());
      f8::quantize(window_.in.data(), window_.out.data(), tiles, scales_.data(), {}, &seen_);
    });
  }

  /// Reads it twice: to find its scale, and to quantize it.
  void quantize_large_tile(const f8::tiling& matrix, const panel& p) {
    double largest = 0;
    window_.look_at(matrix, p, [&] {
      largest = std::max(largest, largest_finite(window_.in.data(), window_.in.size()));
    });
    find_scale<Out>(largest, scales_[0]);
    window_.in_pieces(matrix, p, [&] {
      const std::size_t n = window_.in.size();
      f8::quantize(window_.in.data(), window_.out.data(), f8::per_tensor(1, n), scales_.data(), {},
                   &seen_);
    });
  }

  const job& job_;
  const conversion_sink& into_;
  window<In, Out> window_;
  std::vector<Scale> scales_;
  f8::cast_statistics seen_;
};

/// Reads scales as floats, in which the values of all types of scales are exact.
void read_scales(const located& from, std::uint64_t first, std::vector<float>& into) {
  const auto read_as = [&](auto type) {
    std::vector<decltype(type)> scales(into.size());
    read_elements(*from.file, from.what, first, scales.data(), scales.size());
    std::transform(scales.begin(), scales.end(), into.begin(),
                   [](auto scale) { return static_cast<float>(scale); });
  };
  if (from.what.type->is_wide()) {
    with_wide(*from.what.type, read_as);
  } else {
    read_as(f8::e8m0{});
  }
}

/// Counts the scales of the input that are infinite or NaN.
void count_lost_scales(const job& what, losses& lost) {
  if (!what.from_scales) return;
  const std::uint64_t count = what.from_scales->values.what.elements();
  std::vector<float> scales;
  for (std::uint64_t first = 0; first < count; first += scales.size()) {
    scales.resize(std::min<std::uint64_t>(room, count - first));
    read_scales(what.from_scales->values, first, scales);
    lost.add_scales(scales.data(), scales.size());
  }
}

/// Dequantizes a tensor with the scales that the input has.
template <class In, class Out>
class dequantization {
 public:
  dequantization(const job& what, const conversion_sink& into)
      : job_(what), lost_(into.lost), window_(what, into) {}

  void run() {
    for_each_slice(job_.from_scales->tiles, [this](const slice& part) {
      window_.enter(part);
      for_each_panel(part.tiles, room, [&](const panel& p) { dequantize(part, p); });
    });
  }

 private:
  void dequantize(const slice& part, const panel& p) {
    const f8::tiling tiles = tiles_within(part.tiles, p);
    scales_.resize(tiles.size());
    read_scales(job_.from_scales->values, part.first_scale + part.tiles.index(p.row, p.column),
                scales_);
    lost_.add_scales(scales_.data(), scales_.size());
    if (p.size() <= room) {
      window_.at_once(part.tiles, p, [&] { dequantize(tiles); });
    } else {
      window_.in_pieces(part.tiles, p, [&] { dequantize(f8::per_tensor(1, window_.in.size())); });
    }
  }

  void dequantize(const f8::tiling& tiles) {
    f8::dequantize(window_.in.data(), window_.out.data(), tiles, scales_.data());
    lost_.add_values(window_.in.data(), window_.out.data(), window_.in.size());
  }

  const job& job_;
  losses& lost_;
  window<stored_elements<In>, Out> window_;
  std::vector<float> scales_;
};

void copy(const job& what, const conversion_sink& into) {
  std::vector<char> bytes;
  for_each_run(in_a_row(what.to.bytes), {0, 0, 1, what.to.bytes}, room, [&](const run& r) {
    bytes.resize(r.size);
    what.from.file->read(what.from.what.offset + r.first, bytes.data(), r.size);
    into.file.write_at(what.to.offset + r.first, bytes.data(), r.size);
    into.bar.advance(r.size);
  });
}

template <class In, class Out>
void cast(const job& what, const conversion_sink& into) {
  convert_elements<stored_elements<In>, Out>(what, into,
                                             [&](const In* in, Out* out, std::size_t n) {
                                               f8::convert(in, out, n, f8::overflow::nonfinite);
                                               into.lost.add_values(in, out, n);
                                             });
}

template <class In, class Out>
f8::cast_statistics quantize_without_scales(const job& what, const conversion_sink& into) {
  using value = typename In::value;
  f8::cast_statistics seen;
  convert_elements<In, Out>(what, into, [&](const value* in, Out* out, std::size_t n) {
    f8::quantize(in, out, n, 1.0F, {}, &seen);
  });
  return seen;
}

template <class In, class Out>
f8::cast_statistics quantize(const job& what, const conversion_sink& into) {
  if (!what.to_scales) return quantize_without_scales<In, Out>(what, into);
  if (holds<float>(*what.to_scales->type)) {
    return quantization<In, Out, float>(what, into).run();
  }
  return quantization<In, Out, f8::e8m0>(what, into).run();
}

template <class In, class Out>
void dequantize_without_scales(const job& what, const conversion_sink& into) {
  convert_elements<stored_elements<In>, Out>(
      what, into, [](const In* in, Out* out, std::size_t n) { f8::dequantize(in, out, n, 1.0F); });
}

template <class In, class Out>
void dequantize(const job& what, const conversion_sink& into) {
  if (what.from_scales) return dequantization<In, Out>(what, into).run();
  dequantize_without_scales<In, Out>(what, into);
}

}  // namespace

f8::cast_statistics convert_tensor(const job& what, const conversion_sink& into) {
  const dtype& from = *what.from.what.type;
  const dtype& to = *what.to.type;
  f8::cast_statistics seen;
  switch (what.how) {
    case treatment::copy:
      copy(what, into);
      break;
    case treatment::cast:
      with_wide(from, [&](auto in) {
        with_wide_output(to, [&](auto out) { cast<decltype(in), decltype(out)>(what, into); });
      });
      break;
    case treatment::quantize:
      with_wide(from, [&](auto in) {
        with_fp8_output(to, [&](auto out) {
          seen = quantize<stored_elements<decltype(in)>, decltype(out)>(what, into);
        });
      });
      break;
    case treatment::requantize:
      count_lost_scales(what, into.lost);
      with_fp8_output(to,
                      [&](auto out) { seen = quantize<exact_values, decltype(out)>(what, into); });
      break;
    case treatment::dequantize:
      with_fp8(from, [&](auto in) {
        with_wide_output(to,
                         [&](auto out) { dequantize<decltype(in), decltype(out)>(what, into); });
      });
      break;
  }
  return seen;
}

}  // namespace f8cast
