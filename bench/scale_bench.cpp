// Claims: scaling and casting are one pass over memory, and statistics cost at most a tenth of it.
// Counters: `limit` is the speed as a fraction of moving the same bytes, `of_convert` as a fraction
// of casting without a scale, `statistics` the time with them as a multiple of that without.
#include <benchmark/benchmark.h>
#include <f8/convert.hpp>
#include <f8/scale.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

#include "data.hpp"
#include "in_turn.hpp"
#include "roofline.hpp"

namespace {

constexpr std::size_t columns = 4096;

/// The tilings of a matrix of n elements.
using make_tiling = f8::tiling (*)(std::size_t n);

f8::tiling whole(std::size_t n) {
  return f8::per_tensor(n / columns, columns);
}
f8::tiling rows(std::size_t n) {
  return f8::per_row(n / columns, columns);
}
f8::tiling columns_of(std::size_t n) {
  return f8::per_column(n / columns, columns);
}
f8::tiling squares(std::size_t n) {
  return f8::per_block(n / columns, columns, 128, 128);
}
f8::tiling parts_of_rows(std::size_t n) {
  return f8::per_block(n / columns, columns, 1, 128);
}
f8::tiling mx(std::size_t n) {
  return f8::mx_blocks(n / columns, columns);
}

const std::uint8_t* bytes(const void* p) {
  return static_cast<const std::uint8_t*>(p);
}

template <class From, class Scale>
void quantizes(benchmark::State& state, make_tiling tiling) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const f8::tiling tiles = tiling(n);
  const auto values = bench::floats("normal", n);
  bench::array<From> in(n);
  f8::convert(values, in);
  bench::array<f8::e4m3> out(n);
  bench::array<Scale> scales(tiles.size());
  f8::find_scales<f8::e4m3>(in.data(), tiles, scales.data());
  f8::cast_statistics seen;
  const roofline::limits& limit = roofline::best();

  enum { plain, counting, casting, moving };
  const auto timings = bench::run_in_turn(
      state, n, [&] { f8::quantize(in.data(), out.data(), tiles, scales.data()); },
      [&] { f8::quantize(in.data(), out.data(), tiles, scales.data(), {}, &seen); },
      [&] { f8::convert(in.data(), out.data(), n); },
      [&] {
        (sizeof(From) == 4 ? limit.narrow4 : limit.narrow2)(
            bytes(in.data()), reinterpret_cast<std::uint8_t*>(out.data()), n);
      });
  state.counters["limit"] = timings.ratio(moving, plain);
  state.counters["of_convert"] = timings.ratio(casting, plain);
  state.counters["statistics"] = timings.ratio(counting, plain);
}

template <class To, class Scale>
void dequantizes(benchmark::State& state, make_tiling tiling) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const f8::tiling tiles = tiling(n);
  const auto values = bench::floats("normal", n);
  bench::array<f8::e4m3> in(n);
  bench::array<Scale> scales(tiles.size());
  f8::find_scales<f8::e4m3>(values.data(), tiles, scales.data());
  f8::quantize(values.data(), in.data(), tiles, scales.data());
  bench::array<To> out(n);
  const roofline::limits& limit = roofline::best();

  enum { scaling, casting, moving };
  const auto timings = bench::run_in_turn(
      state, n, [&] { f8::dequantize(in.data(), out.data(), tiles, scales.data()); },
      [&] { f8::convert(in.data(), out.data(), n); },
      [&] {
        (sizeof(To) == 4 ? limit.widen4 : limit.widen2)(
            bytes(in.data()), reinterpret_cast<std::uint8_t*>(out.data()), n);
      });
  state.counters["limit"] = timings.ratio(moving, scaling);
  state.counters["of_convert"] = timings.ratio(casting, scaling);
}

/// Scales from the largest magnitudes: one more pass, which reads only.
template <class From, class Scale>
void finds(benchmark::State& state, make_tiling tiling) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const f8::tiling tiles = tiling(n);
  const auto values = bench::floats("normal", n);
  bench::array<From> in(n);
  f8::convert(values, in);
  bench::array<Scale> scales(tiles.size());
  bench::run_in_turn(state, n, [&] { f8::find_scales<f8::e4m3>(in.data(), tiles, scales.data()); });
}

template <class Run>
void add(const std::string& name, Run run, make_tiling tiling) {
  benchmark::RegisterBenchmark(name.c_str(), run, tiling)
      ->Arg(1 << 14)
      ->Arg(1 << 24)
      ->Apply(bench::in_turn)
      ->Iterations(21);
}

}  // namespace

int main(int argc, char** argv) {
  const struct {
    const char* name;
    make_tiling tiling;
  } layouts[] = {{"tensor", whole},
                 {"row", rows},
                 {"column", columns_of},
                 {"block128x128", squares},
                 {"block1x128", parts_of_rows}};
  for (const auto& layout : layouts) {
    const std::string name = std::string("/") + layout.name;
    add("quantize/float" + name, quantizes<float, float>, layout.tiling);
    add("quantize/bfloat16" + name, quantizes<f8::bfloat16, float>, layout.tiling);
    add("dequantize/float" + name, dequantizes<float, float>, layout.tiling);
    add("dequantize/bfloat16" + name, dequantizes<f8::bfloat16, float>, layout.tiling);
    add("find_scales/float" + name, finds<float, float>, layout.tiling);
  }
  add("quantize/float/mx", quantizes<float, f8::e8m0>, mx);
  add("quantize/bfloat16/mx", quantizes<f8::bfloat16, f8::e8m0>, mx);
  add("dequantize/float/mx", dequantizes<float, f8::e8m0>, mx);
  add("dequantize/bfloat16/mx", dequantizes<f8::bfloat16, f8::e8m0>, mx);
  add("find_scales/float/mx", finds<float, f8::e8m0>, mx);
  return bench::run(argc, argv);
}
