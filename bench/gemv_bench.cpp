// Claim: a matrix of 8-bit weights is multiplied with a vector at the speed of reading it.
//
// Rows: WEIGHT*ACTIVATION/SCALES/KERNELS/ROWSxCOLUMNS. Counters: of_limit, the speed as a fraction
// of the limit's, a loop that reads the same weights with the widest vectors that the machine has,
// measured in turn with the row itself; bytes/s, of weights. (Scales of blocks are bytes to read
// too, which the limit does not count.)
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <f8/arithmetic.hpp>
#include <string>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

#include "data.hpp"
#include "in_turn.hpp"

namespace {

// ------------------------------------------------------------------------------------ the limit

using reader = std::uint64_t (*)(const std::uint8_t* in, std::size_t n);

std::uint64_t read_plain(const std::uint8_t* in, std::size_t n) {
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < n; i += 8) {
    std::uint64_t x = 0;
    std::memcpy(&x, in + i, sizeof x);
    all |= x;
  }
  return all;
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("avx512f"))) std::uint64_t read_avx512(const std::uint8_t* in,
                                                             std::size_t n) {
  __m512i a = _mm512_setzero_si512();
  __m512i b = a;
  for (std::size_t i = 0; i < n; i += 128) {
    a = _mm512_or_si512(a, _mm512_loadu_si512(in + i));
    b = _mm512_or_si512(b, _mm512_loadu_si512(in + i + 64));
  }
  return _mm512_test_epi32_mask(a, b);
}

__attribute__((target("avx2"))) std::uint64_t read_avx2(const std::uint8_t* in, std::size_t n) {
  __m256i a = _mm256_setzero_si256();
  __m256i b = a;
  for (std::size_t i = 0; i < n; i += 64) {
    a = _mm256_or_si256(a, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in + i)));
    b = _mm256_or_si256(b, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in + i + 32)));
  }
  return static_cast<std::uint64_t>(_mm256_testz_si256(a, b));
}
#endif

reader best_reader() {
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx512f")) return read_avx512;
  if (__builtin_cpu_supports("avx2")) return read_avx2;
#endif
  return read_plain;
}

// ------------------------------------------------------------------------------------- the rows

template <class T>
bench::array<T> values(std::size_t n) {
  const auto pattern = bench::floats("normal", 1 << 16);
  bench::array<T> all(n);
  for (std::size_t i = 0; i < n; ++i) all[i] = f8::cast<T>(pattern[i % pattern.size()]);
  return all;
}

template <class W, class X, class Scale>
void measure(benchmark::State& state, f8::isa kernels, const f8::tiling& tiles) {
  const auto w = values<W>(tiles.rows * tiles.columns);
  const auto x = values<X>(tiles.columns);
  const bench::array<Scale> scales(tiles.size(), f8::cast<Scale>(0.25F));
  bench::array<float> y(tiles.rows);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(w.data());
  const auto measured = bench::run_in_turn(
      state, w.size(),
      [&] { f8::gemv(kernels, w.data(), tiles, scales.data(), x.data(), y.data()); },
      [&, read = best_reader()] { benchmark::DoNotOptimize(read(bytes, w.size())); });
  state.counters["of_limit"] = measured.ratio(1, 0);
}

template <class W, class X, class Scale = float>
void add_row(const std::string& types, const std::string& how, f8::isa kernels,
             const f8::tiling& tiles) {
  const std::string name = types + '/' + how + '/' + f8::to_string(kernels) + '/' +
                           std::to_string(tiles.rows) + 'x' + std::to_string(tiles.columns);
  const auto run = [=](benchmark::State& state) { measure<W, X, Scale>(state, kernels, tiles); };
  const bool large = tiles.rows * tiles.columns > std::size_t{1} << 22;
  const auto row = benchmark::RegisterBenchmark(name.c_str(), run);
  bench::in_turn(row);
  if (large) row->Iterations(15);
}

template <class W, class X>
void add_tilings(const std::string& types, f8::isa kernels, std::size_t rows, std::size_t columns) {
  add_row<W, X>(types, "tensor", kernels, f8::per_tensor(rows, columns));
  add_row<W, X>(types, "row", kernels, f8::per_row(rows, columns));
  add_row<W, X>(types, "128x128", kernels, f8::per_block(rows, columns, 128, 128));
  add_row<W, X>(types, "1x128", kernels, f8::per_block(rows, columns, 1, 128));
  add_row<W, X, f8::e8m0>(types, "mx", kernels, f8::mx_blocks(rows, columns));
  add_row<W, X>(types, "column", kernels, f8::per_column(rows, columns));
}

/// Rows for matrices that lie in memory, and for one that lies in the second cache.
template <class W, class X>
void add_activation(const std::string& types) {
  for (const f8::isa kernels : f8::supported_isas()) {
    if (kernels == f8::isa::scalar) continue;
    add_tilings<W, X>(types, kernels, 16384, 16384);
    add_tilings<W, X>(types, kernels, 16384, 4096);
    add_tilings<W, X>(types, kernels, 64, 4096);
  }
}

}  // namespace

int main(int argc, char** argv) {
  add_activation<f8::e4m3, float>("e4m3*float");
  add_activation<f8::e4m3, f8::bfloat16>("e4m3*bfloat16");
  add_activation<f8::e4m3, f8::float16>("e4m3*float16");
  add_activation<f8::e5m2, f8::bfloat16>("e5m2*bfloat16");
  benchmark::AddCustomContext("active_isa", f8::to_string(f8::active_isa()));
  return bench::run(argc, argv);
}
