// Claim: at -O2, on values that no branch predictor can learn, a loop of casts beats the host path
// of CUDA's own header. Counter: times_cuda, how many times as fast.
#include <benchmark/benchmark.h>
#include <cuda_fp8.h>
#include <f8/f8.hpp>

#include <cstddef>

#include "data.hpp"
#include "in_turn.hpp"

namespace {

template <class To>
constexpr __nv_fp8_interpretation_t cuda_format = __NV_E4M3;
template <>
constexpr __nv_fp8_interpretation_t cuda_format<f8::e5m2> = __NV_E5M2;

template <class To>
void casts(benchmark::State& state) {
  constexpr std::size_t n = 1 << 20;
  const bench::array<float> in = bench::floats("any", n);
  bench::array<To> ours(n);
  bench::array<__nv_fp8_storage_t> theirs(n);

  enum { f8_host, cuda_host };
  const auto timings = bench::run_in_turn(
      state, n,
      [&] {
        for (std::size_t i = 0; i < n; ++i) {
          ours[i] = f8::cast<To>(in[i], f8::stack::cuda_satfinite);
        }
      },
      [&] {
        for (std::size_t i = 0; i < n; ++i) {
          theirs[i] = __nv_cvt_float_to_fp8(in[i], __NV_SATFINITE, cuda_format<To>);
        }
      });
  state.counters["times_cuda"] = timings.ratio(cuda_host, f8_host);

  for (std::size_t i = 0; i < n; ++i) {
    if (ours[i].to_bits() != theirs[i]) return state.SkipWithError("the results differ");
  }
}

BENCHMARK_TEMPLATE(casts, f8::e4m3)->Apply(bench::in_turn);
BENCHMARK_TEMPLATE(casts, f8::e5m2)->Apply(bench::in_turn);

}  // namespace

BENCHMARK_MAIN();
