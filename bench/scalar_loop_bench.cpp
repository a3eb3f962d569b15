// Claim: a plain loop of casts vectorizes, and its time does not depend on the data.
//
// Counters: of_limit, the speed as a fraction of narrow4's, which moves the same bytes and computes
// nothing; vs_zero, the time over that of the same loop on zeros. The program is built with -O3
// -march=native.
#include <benchmark/benchmark.h>
#include <f8/f8.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

#include "data.hpp"
#include "in_turn.hpp"
#include "roofline.hpp"

namespace {

template <class To, f8::overflow Over>
__attribute__((noinline)) void cast_loop(const float* in, To* out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] = f8::cast<To>(in[i], Over);
}

template <class To, f8::overflow Over>
void casts(benchmark::State& state, const std::string& kind) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const bench::array<float> in = bench::floats(kind, n);
  const bench::array<float> zeros = bench::floats("zero", n);
  bench::array<To> out(n);
  const auto* in_bytes = reinterpret_cast<const std::uint8_t*>(in.data());
  auto* out_bytes = reinterpret_cast<std::uint8_t*>(out.data());

  enum { data, zero, limit };
  const auto timings = bench::run_in_turn(
      state, n, [&] { cast_loop<To, Over>(in.data(), out.data(), n); },
      [&] { cast_loop<To, Over>(zeros.data(), out.data(), n); },
      [&] { roofline::best().narrow4(in_bytes, out_bytes, n); });
  state.counters["of_limit"] = timings.ratio(limit, data);
  state.counters["vs_zero"] = timings.ratio(data, zero);
}

template <class To, f8::overflow Over = f8::overflow::saturate>
void register_casts(const std::string& name) {
  for (const std::string kind : {"normal", "zero", "subnormal", "huge", "NaN", "any"}) {
    benchmark::RegisterBenchmark(("cast_loop/float/" + name + "/" + kind).c_str(), casts<To, Over>,
                                 kind)
        ->Arg(4096)
        ->Arg(65536)
        ->Arg(1 << 24)
        ->Apply(bench::in_turn);
  }
}

}  // namespace

int main(int argc, char** argv) {
  register_casts<f8::e4m3>("e4m3");
  register_casts<f8::e5m2>("e5m2");
  register_casts<f8::e4m3, f8::overflow::nonfinite>("e4m3_nonfinite");
  benchmark::AddCustomContext("limits", roofline::best().isa);
  return bench::run(argc, argv);
}
