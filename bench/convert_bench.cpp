// Claim: arrays are converted at the speed of moving their bytes.
//
// Rows: FROM->TO/KERNELS/ELEMENTS, where KERNELS is an instruction set's; `loop`, a plain loop of
// casts; `cuda_host`, a loop over cuda_fp8.h's host path, where that header is found; or `limit`,
// the loop that moves the same bytes. Counters: of_limit, the speed as a fraction of the limit with
// the widest vectors that the machine has; of_own_limit, the same with the vectors of the kernel's
// instruction set; both measured in turn with the row itself. Rows short/FROM->TO/ELEMENTS:
// vs_loop, the time of convert() as a fraction of a plain loop's. Rows rounding/HOW/KERNELS/4096 of
// float -> e4m3: vs_nearest, the speed as a fraction of nearest-even's.
//
// convert_bench is built with -O2 and no -m flag, convert_bench_native with -march=native too.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <f8/convert.hpp>
#include <string>
#include <type_traits>

#if defined(F8_BENCH_CUDA)
#include <cuda_fp8.h>
#endif

#include "data.hpp"
#include "in_turn.hpp"
#include "roofline.hpp"

namespace {

template <class T>
const char* const name_of = "";
template <>
const char* const name_of<float> = "float";
template <>
const char* const name_of<f8::float16> = "float16";
template <>
const char* const name_of<f8::bfloat16> = "bfloat16";
template <>
const char* const name_of<f8::e4m3> = "e4m3";
template <>
const char* const name_of<f8::e5m2> = "e5m2";

/// Values as models have them: 2^16, over and over.
template <class T>
bench::array<T> values(std::size_t n) {
  const auto period = std::min<std::size_t>(n, 1 << 16);
  const auto pattern = bench::floats("normal", period);
  bench::array<T> all(n);
  for (std::size_t i = 0; i < period; ++i) all[i] = f8::cast<T>(pattern[i]);
  for (std::size_t i = period; i < n; i += period) {
    std::memcpy(static_cast<void*>(&all[i]), all.data(), period * sizeof(T));
  }
  return all;
}

/// The loop that moves the same bytes.
template <class From, class To>
roofline::mover limit_among(const roofline::limits& all) {
  if (sizeof(From) == 4) return all.narrow4;
  if (sizeof(From) == 2) return all.narrow2;
  return sizeof(To) == 4 ? all.widen4 : all.widen2;
}

/// The limits with the vectors that an instruction set has.
roofline::limits own_limits(f8::isa kernels) {
  const auto all = roofline::supported();
  const std::size_t width = kernels == f8::isa::scalar ? 0 : kernels == f8::isa::avx2 ? 1 : 2;
  return all[std::min(width, all.size() - 1)];
}

template <class From, class To>
__attribute__((noinline)) void cast_loop(const From* in, To* out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] = f8::cast<To>(in[i]);
}

#if defined(F8_BENCH_CUDA)
template <class To>
void cuda_loop(const float* in, To* out, std::size_t n) {
  constexpr auto format = std::is_same_v<To, f8::e4m3> ? __NV_E4M3 : __NV_E5M2;
  for (std::size_t i = 0; i < n; ++i)
    out[i] = To::from_bits(__nv_cvt_float_to_fp8(in[i], __NV_SATFINITE, format));
}
#endif

/// Measures `convert` in turn with the two limits.
template <class From, class To, class Convert>
void measure(benchmark::State& state, const roofline::limits& own, Convert convert) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const auto in = values<From>(n);
  bench::array<To> out(n);
  const auto limit = [&](const roofline::limits& limits) {
    return [move = limit_among<From, To>(limits),
            from = reinterpret_cast<const std::uint8_t*>(in.data()),
            to = reinterpret_cast<std::uint8_t*>(out.data()), n] { move(from, to, n); };
  };
  const auto measured = bench::run_in_turn(
      state, n, [&] { convert(in.data(), out.data(), n); }, limit(roofline::best()), limit(own));
  state.counters["of_limit"] = measured.ratio(1, 0);
  state.counters["of_own_limit"] = measured.ratio(2, 0);
}

/// The benchmark is run on arrays of n elements, in fewer rounds where one takes long.
void with_elements(benchmark::internal::Benchmark* registered, std::size_t n) {
  constexpr std::size_t many = std::size_t{1} << 20;
  bench::in_turn(registered);
  registered->Arg(static_cast<std::int64_t>(n))->Iterations(n < many ? 101 : 7);
}

/// A row of n elements.
template <class From, class To, class Convert>
void add_row(const std::string& kernels, std::size_t n, const roofline::limits& own,
             Convert convert) {
  const std::string name = std::string(name_of<From>) + "->" + name_of<To> + '/' + kernels;
  const auto run = [own, convert](benchmark::State& state) {
    measure<From, To>(state, own, convert);
  };
  with_elements(benchmark::RegisterBenchmark(name.c_str(), run), n);
}

/// In L1, in L2, and twice in memory.
template <class From, class To>
void add_pair() {
  for (const unsigned bits : {12u, 16u, 24u, 26u}) {
    const std::size_t n = std::size_t{1} << bits;
    for (const f8::isa kernels : f8::supported_isas()) {
      add_row<From, To>(f8::to_string(kernels), n, own_limits(kernels),
                        [kernels](const From* in, To* out, std::size_t count) {
                          f8::convert(kernels, in, out, count);
                        });
    }
    add_row<From, To>("loop", n, roofline::plain, cast_loop<From, To>);
#if defined(F8_BENCH_CUDA)
    if constexpr (std::is_same_v<From, float>)
      add_row<From, To>("cuda_host", n, roofline::plain, cuda_loop<To>);
#endif
    add_row<From, To>("limit", n, roofline::best(), [](const From* in, To* out, std::size_t count) {
      limit_among<From, To>(roofline::best())(reinterpret_cast<const std::uint8_t*>(in),
                                              reinterpret_cast<std::uint8_t*>(out), count);
    });
  }
}

template <class From, class To>
void short_arrays(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const auto in = values<From>(n);
  bench::array<To> out(n);
  const auto measured = bench::run_in_turn(
      state, n, [&] { f8::convert(in.data(), out.data(), n); },
      [&] { cast_loop(in.data(), out.data(), n); });
  state.counters["vs_loop"] = measured.ratio(0, 1);
}

template <class From, class To>
void add_short_arrays() {
  const std::string name = std::string("short/") + name_of<From> + "->" + name_of<To>;
  bench::in_turn(
      benchmark::RegisterBenchmark(name.c_str(), short_arrays<From, To>)->DenseRange(1, 64));
}

/// float -> e4m3 by `convert`, in turn with nearest-even.
template <class Convert>
void add_rounding(const std::string& how, f8::isa kernels, Convert convert) {
  const auto run = [kernels, convert](benchmark::State& state) {
    const auto n = static_cast<std::size_t>(state.range(0));
    const auto in = values<float>(n);
    bench::array<f8::e4m3> out(n);
    const auto measured = bench::run_in_turn(
        state, n, [&] { convert(in.data(), out.data(), n); },
        [&] { f8::convert(kernels, in.data(), out.data(), n); });
    state.counters["vs_nearest"] = measured.ratio(1, 0);
  };
  const std::string name = "rounding/" + how + '/' + f8::to_string(kernels);
  bench::in_turn(benchmark::RegisterBenchmark(name.c_str(), run)->Arg(4096));
}

void add_roundings(f8::isa kernels) {
  const auto add = [kernels](const std::string& name, f8::rounding round) {
    add_rounding(name, kernels, [kernels, round](const float* in, f8::e4m3* out, std::size_t n) {
      f8::convert(kernels, in, out, n, round);
    });
  };
  add("nearest_away", f8::rounding::nearest_away);
  add("toward_zero", f8::rounding::toward_zero);
  add("upward", f8::rounding::upward);
  add("to_odd", f8::rounding::to_odd);
  add_rounding("stochastic", kernels, [kernels](const float* in, f8::e4m3* out, std::size_t n) {
    f8::convert_stochastic(kernels, in, out, n, 1);
  });
}

}  // namespace

int main(int argc, char** argv) {
  add_pair<float, f8::e4m3>();
  add_pair<float, f8::e5m2>();
  add_pair<f8::e4m3, float>();
  add_pair<f8::e5m2, float>();
  add_pair<f8::e4m3, f8::bfloat16>();
  add_pair<f8::e5m2, f8::bfloat16>();
  add_pair<f8::e4m3, f8::float16>();
  add_pair<f8::e5m2, f8::float16>();
  add_pair<f8::float16, f8::e4m3>();
  add_pair<f8::float16, f8::e5m2>();
  add_pair<f8::bfloat16, f8::e4m3>();
  add_pair<f8::bfloat16, f8::e5m2>();
  add_short_arrays<float, f8::e4m3>();
  add_short_arrays<f8::e4m3, float>();
  add_short_arrays<f8::e4m3, f8::bfloat16>();
  add_short_arrays<f8::float16, f8::e4m3>();
  for (const f8::isa kernels : f8::supported_isas()) add_roundings(kernels);
  benchmark::AddCustomContext("active_isa", f8::to_string(f8::active_isa()));
  benchmark::AddCustomContext("limits", roofline::best().isa);
  return bench::run(argc, argv);
}
