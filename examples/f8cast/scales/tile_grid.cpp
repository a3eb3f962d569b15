#include "scales/tile_grid.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <numeric>
#include <string_view>
#include <system_error>
#include <utility>

#include "checkpoint/tensor.hpp"

namespace f8cast {
namespace {

std::uint64_t product(const dimensions& of) {
  return std::accumulate(of.begin(), of.end(), std::uint64_t{1}, std::multiplies<>());
}

/// The number that the text is, if it is one from 1 on.
std::optional<std::uint64_t> to_size(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (!is_number || number == 0) return std::nullopt;
  return number;
}

// ------------------------------------------------------------------------- from tiles to matrices

/// Two neighbouring dimensions as one, if their tiles are then tiles of that: the inner one is
/// whole, or its tiles divide it and the outer one has no tile of more than one element.
std::optional<axis> merged(const axis& outer, const axis& inner) {
  if (inner.is_whole()) return axis{outer.n * inner.n, outer.side * inner.n};
  if (outer.side == 1 && inner.n % inner.side == 0) return axis{outer.n * inner.n, inner.side};
  return std::nullopt;
}

/// The same tiles over as few dimensions as they allow, but two. The inner dimensions come first,
/// so that rows are long.
std::vector<axis> as_few_as_possible(std::vector<axis> axes) {
  for (std::size_t inner = axes.size(); inner-- > 1 && axes.size() > 2;) {
    const auto one = merged(axes[inner - 1], axes[inner]);
    if (!one) continue;
    axes[inner - 1] = *one;
    axes.erase(axes.begin() + static_cast<std::ptrdiff_t>(inner));
  }
  while (axes.size() < 2) axes.insert(axes.begin(), {1, 1});
  return axes;
}

// ------------------------------------------------------------------------- from scales to tiles

/// Sides of tiles of which `count` cover n elements, as they are in use. Of powers of two there is
/// one at most: 2s covers twice what s does.
std::vector<std::uint64_t> sides_of(std::uint64_t n, std::uint64_t count, bool powers_of_two) {
  if (count == n) return {1};
  if (count == 1) return {std::max<std::uint64_t>(n, 1)};
  if (count == 0 || count > n) return {};
  std::vector<std::uint64_t> sides;
  std::uint64_t side = 2;
  while (axis{n, side}.count() > count) side *= 2;
  if (axis{n, side}.count() == count) sides.push_back(side);
  const std::uint64_t quotient = n / count;
  // Nobody cuts 130 rows into 65 and 65: a side that is no multiple of 8 is a small one.
  const bool in_use = !powers_of_two && (quotient % 8 == 0 || quotient < 16);
  if (in_use && n % count == 0 && quotient != side) sides.push_back(quotient);
  return sides;
}

/// A tensor's shape and its scales', dimension by dimension.
struct alignment {
  dimensions n, g;
};

/// g with dimensions of 1 left out until `rank` are left, in each way there is.
void shorten(const dimensions& g, std::size_t rank, std::vector<dimensions>& into) {
  if (g.size() == rank) {
    if (std::find(into.begin(), into.end(), g) == into.end()) into.push_back(g);
    return;
  }
  for (std::size_t i = 0; i < g.size(); ++i) {
    if (g[i] != 1) continue;
    dimensions shorter = g;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
    shorten(shorter, rank, into);
  }
}

/// The ways to lay one shape on the other. Fewer scales' dimensions than the tensor's are its first
/// ones, or those of a matrix, whose columns are all dimensions but the first.
std::vector<alignment> alignments(const dimensions& n, const dimensions& g) {
  constexpr std::size_t most_dimensions = 8;
  std::vector<alignment> result;
  if (g.size() > most_dimensions) return result;
  if (g.size() >= n.size()) {
    std::vector<dimensions> shapes;
    shorten(g, n.size(), shapes);
    for (const dimensions& shape : shapes) result.push_back({n, shape});
    return result;
  }
  if (std::equal(g.begin(), g.end(), n.begin())) {
    dimensions padded = g;
    padded.resize(n.size(), 1);
    result.push_back({n, padded});
  }
  // What a stack's matrices would be cut into then ends nowhere in them.
  if (g.size() == 2 && (!is_stack(n) || g[1] == 1)) {
    result.push_back({{n[0], product(n) / std::max<std::uint64_t>(n[0], 1)}, g});
  }
  return result;
}

/// The tiles of the sides known before, where these give the grid; other dimensions than the last
/// two are not cut.
std::optional<tile_grid> tiles_of(const alignment& a, tile_shape block) {
  const std::size_t rank = a.n.size();
  if (rank < 2) return std::nullopt;
  tile_grid result;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::uint64_t whole_side = std::max<std::uint64_t>(a.n[i], 1);
    std::uint64_t side = a.g[i] == 1 ? whole_side : 1;
    if (i + 2 >= rank) side = i + 1 == rank ? block.columns : block.rows;
    result.axes.push_back({a.n[i], std::min(side, whole_side)});
  }
  if (result.counts() != a.g) return std::nullopt;
  return result;
}

/// All tiles that are in use and give the grid.
std::vector<tile_grid> tiles_of(const alignment& a, bool powers_of_two) {
  std::vector<tile_grid> found{{}};
  for (std::size_t i = 0; i < a.n.size(); ++i) {
    std::vector<tile_grid> longer;
    for (const std::uint64_t side : sides_of(a.n[i], a.g[i], powers_of_two)) {
      for (tile_grid tiles : found) {
        tiles.axes.push_back({a.n[i], side});
        longer.push_back(std::move(tiles));
      }
    }
    found = std::move(longer);
  }
  return found;
}

std::string sides_in_words(const tile_grid& tiles) {
  dimensions sides;
  for (const axis& a : tiles.axes) sides.push_back(a.side);
  return to_string(sides);
}

}  // namespace

std::string to_string(tile_shape block) {
  return to_string(dimensions{block.rows, block.columns});
}

std::optional<tile_shape> parse_tile_shape(const std::string& text) {
  const auto x = text.find('x');
  if (x == std::string::npos) return std::nullopt;
  const auto rows = to_size(std::string_view(text).substr(0, x));
  const auto columns = to_size(std::string_view(text).substr(x + 1));
  if (!rows || !columns) return std::nullopt;
  return tile_shape{*rows, *columns};
}

dimensions tile_grid::counts() const {
  dimensions result;
  for (const axis& a : axes) result.push_back(a.count());
  return result;
}

std::uint64_t tile_grid::size() const {
  return product(counts());
}

slices::slices(const tile_grid& of) : outer_(as_few_as_possible(of.axes)), tiles_{} {
  const axis rows = outer_[outer_.size() - 2];
  const axis columns = outer_.back();
  outer_.resize(outer_.size() - 2);
  tiles_ = f8::per_block(rows.n, columns.n, rows.side, columns.side);
}

std::uint64_t slices::count() const {
  std::uint64_t n = 1;
  for (const axis& a : outer_) n *= a.n;
  return n;
}

slice slices::at(std::uint64_t i) const {
  const std::uint64_t first_element = i * size();
  std::uint64_t scale = 0;
  std::uint64_t row_of_scales = 1;
  for (auto a = outer_.rbegin(); a != outer_.rend(); ++a) {
    scale += i % a->n / a->side * row_of_scales;
    row_of_scales *= a->count();
    i /= a->n;
  }
  return {tiles_, first_element, scale * tiles_.size()};
}

bool is_stack(const dimensions& shape) {
  constexpr std::uint64_t least_columns = 8;
  return shape.size() == 3 && shape[1] > 1 && shape[2] >= least_columns;
}

dimensions cut_as(const dimensions& shape) {
  if (shape.size() == 2 || is_stack(shape)) return shape;
  dimensions matrix{shape.empty() ? 1 : shape[0], 1};
  for (std::size_t i = 1; i < shape.size(); ++i) matrix[1] *= shape[i];
  return matrix;
}

/// The same tiles, if need be of dimensions that are told apart otherwise.
bool operator==(const tile_grid& a, const tile_grid& b) {
  const std::vector<axis> in_a = as_few_as_possible(a.axes);
  const std::vector<axis> in_b = as_few_as_possible(b.axes);
  return std::equal(in_a.begin(), in_a.end(), in_b.begin(), in_b.end(),
                    [](const axis& x, const axis& y) {
                      return x.n == y.n && std::min(x.side, x.n) == std::min(y.side, y.n);
                    });
}

tile_grid whole(const dimensions& shape) {
  tile_grid result;
  for (const std::uint64_t n : shape) result.axes.push_back({n, std::max<std::uint64_t>(n, 1)});
  return result;
}

std::string to_string(const tile_grid& tiles) {
  const std::vector<axis>& axes = tiles.axes;
  if (tiles.size() == 1 || axes.empty()) return "tensor";
  const auto is_one = [](const axis& a) { return a.side == 1; };
  const auto is_whole = [](const axis& a) { return a.is_whole(); };
  const bool ones = std::all_of(axes.begin(), axes.end() - 1, is_one);
  if (ones && axes.back().is_whole()) return "row";
  const bool rest = std::all_of(axes.begin() + 1, axes.end(), is_whole);
  if (rest && axes[0].side == 1 && axes.size() > 2) return "matrix";
  const bool columns = axes.size() > 1 && axes.back().side == 1 &&
                       axes[axes.size() - 2].is_whole() &&
                       std::all_of(axes.begin(), axes.end() - 2, is_one);
  if (columns) return "column";
  dimensions sides;
  for (const axis& a : axes) {
    if (!sides.empty() || a.side != 1 || axes.size() < 3) sides.push_back(a.side);
  }
  while (sides.size() < 2) sides.insert(sides.begin(), 1);
  return "block of " + to_string(sides);
}

deduction deduce_tiles(const dimensions& n, const dimensions& g, const tile_knowledge& known) {
  if (product(g) == 1 || product(n) == 0) return {whole(n), ""};
  if (product(g) == 0) return {std::nullopt, "do not fit its shape"};
  const std::vector<alignment> aligned = alignments(n, g);
  const auto add = [](std::vector<tile_grid>& to, const tile_grid& tiles) {
    if (std::find(to.begin(), to.end(), tiles) == to.end()) to.push_back(tiles);
  };
  const auto of_size = [&](const std::optional<tile_shape>& block) {
    std::vector<tile_grid> found;
    for (const alignment& way : aligned) {
      const auto tiles = block ? tiles_of(way, *block) : std::nullopt;
      if (tiles) add(found, *tiles);
    }
    return found;
  };
  std::vector<tile_grid> as_noted;
  const dimensions own = cut_as(n);
  const auto noted =
      known.noted && own.size() == g.size() ? tiles_of({own, g}, *known.noted) : std::nullopt;
  if (noted) as_noted.push_back(*noted);
  std::vector<tile_grid> in_use;
  for (const alignment& way : aligned) {
    for (const tile_grid& tiles : tiles_of(way, known.powers_of_two)) add(in_use, tiles);
  }
  for (const std::vector<tile_grid>& found :
       {as_noted, of_size(known.said), in_use, of_size(known.hint)}) {
    if (found.size() == 1) return {found.front(), ""};
  }
  if (in_use.empty()) {
    const bool may_be_blocks = n.size() > 1 && g.size() > 1 && !aligned.empty();
    return {std::nullopt, std::string("do not fit its shape") +
                              (may_be_blocks ? "; --block says the size of a block" : "")};
  }
  std::string text = "may be for tiles of ";
  for (const tile_grid& tiles : in_use) {
    text += sides_in_words(tiles) + (&tiles == &in_use.back() ? "" : " or ");
  }
  return {std::nullopt, text + "; --block says which"};
}

}  // namespace f8cast
