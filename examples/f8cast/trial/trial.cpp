#include "trial/trial.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "scales/panels.hpp"
#include "scales/scaled_values.hpp"

namespace f8cast {
namespace {

constexpr std::size_t trial_room = 1 << 17;  // elements in memory at a time

class attempt {
 public:
  attempt(const subject& t, const trial& what, const std::function<void(const tried&)>& see)
      : from_(t.values, t.scales),
        what_(what),
        see_(see),
        parts_(tiles_of(*what.how, t.values.what.shape, what.block)),
        part_(parts_.at(0)) {}

  void try_all() {
    for (std::uint64_t i = 0; i < parts_.count(); ++i) {
      part_ = parts_.at(i);
      for_each_panel(part_.tiles, trial_room, [this](const panel& p) { try_panel(p); });
    }
  }

 private:
  void try_panel(const panel& p) {
    if (!what_.how->has_scales()) {
      in_pieces(p, 1);
    } else if (p.size() > trial_room) {
      in_pieces(p, scale_of(largest_in(p)));
    } else {
      at_once(p);
    }
  }

  float scale_of(double absmax) const {
    return what_.to->scale_for(absmax, what_.how->name == "mx");
  }

  void read(const run& r, double* into) { from_.read(part_.first_element + r.first, into, r.size); }

  /// Elements that share a scale, of any number.
  void in_pieces(const panel& p, float scale) {
    for_each_run(part_.tiles, p, trial_room, [&](const run& r) {
      now_.resize(r.size);
      read(r, now_.x.data());
      round(f8::per_tensor(1, r.size), {scale});
    });
  }

  double largest_in(const panel& p) {
    double largest = 0;
    for_each_run(part_.tiles, p, trial_room, [&](const run& r) {
      now_.resize(r.size);
      read(r, now_.x.data());
      for (const double x : now_.x) largest = larger(largest, x);
    });
    return largest;
  }

  /// Whole tiles, of which each has a scale of its own.
  void at_once(const panel& p) {
    const f8::tiling tiles =
        f8::per_block(p.rows, p.columns, part_.tiles.tile_rows, part_.tiles.tile_columns);
    std::vector<double> largest(tiles.size());
    now_.resize(p.size());
    double* next = now_.x.data();
    for_each_run(part_.tiles, p, trial_room, [&](const run& r) {
      read(r, next);
      next += r.size;
    });
    for_each_tile(tiles, [&](std::size_t i, std::size_t tile) {
      largest[tile] = larger(largest[tile], now_.x[i]);
    });
    std::vector<float> scales(tiles.size());
    std::transform(largest.begin(), largest.end(), scales.begin(),
                   [this](double absmax) { return scale_of(absmax); });
    round(tiles, scales);
  }

  void round(const f8::tiling& tiles, const std::vector<float>& scales) {
    for_each_tile(tiles, [&](std::size_t i, std::size_t tile) {
      now_.quotient[i] = now_.x[i] / static_cast<double>(scales[tile]);
    });
    what_.to->round(tiles, scales.data(), now_);
    see_(now_);
  }

  /// NaN and infinities have no say in a scale.
  static double larger(double largest, double x) {
    return std::isfinite(x) ? std::max(largest, std::fabs(x)) : largest;
  }

  /// Calls visit(element, tile).
  template <class Visit>
  static void for_each_tile(const f8::tiling& tiles, Visit visit) {
    std::size_t i = 0;
    for (std::size_t row = 0; row < tiles.rows; ++row) {
      for (std::size_t column = 0; column < tiles.columns; ++column, ++i) {
        visit(i, tiles.index(row, column));
      }
    }
  }

  scaled_values from_;
  const trial& what_;
  const std::function<void(const tried&)>& see_;
  slices parts_;
  slice part_;
  tried now_;
};

}  // namespace

std::string scales_in_words(const trial& what) {
  const std::string_view how = what.how->name;
  if (!what.how->has_scales()) return "";
  if (how == "mx") return ", a power of two for each 32 values of a row";
  return ", a scale for each " +
         (how == "block" ? "block of " + to_string(what.block) : std::string(how));
}

void try_tensor(const subject& t, const trial& what, const std::function<void(const tried&)>& see) {
  attempt(t, what, see).try_all();
}

summary summarize(const subject& t, const trial& what) {
  summary result;
  try_tensor(t, what, [&](const tried& now) { result.add(now); });
  return result;
}

}  // namespace f8cast
