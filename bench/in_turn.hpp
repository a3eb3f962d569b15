// Rivals measured side by side.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <vector>

namespace bench {

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Seconds per call of `call`.
///
/// First it is called untimed for a fifth of a millisecond: then the caches hold its data, not its
/// rival's, and the processor, which slows down for some microseconds when it meets the first wide
/// vectors, has settled.
template <class Call>
double time_of(Call& call) {
  using clock = std::chrono::steady_clock;
  using seconds = std::chrono::duration<double>;
  const auto once = [&call] {
    call();
    benchmark::ClobberMemory();
  };
  std::size_t calls = 0;
  for (const auto start = clock::now(); seconds(clock::now() - start).count() < 2e-4; ++calls)
    once();
  const auto start = clock::now();
  for (std::size_t i = 0; i < calls; ++i) once();
  return seconds(clock::now() - start).count() / static_cast<double>(calls);
}

/// What run_in_turn() measured: for each call, its seconds in each round.
template <std::size_t Calls>
struct timings {
  std::array<std::vector<double>, Calls> seconds;

  /// How many times as long call `a` took as call `b`: the median over the rounds.
  double ratio(std::size_t a, std::size_t b) const {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < seconds[a].size(); ++i) {
      ratios.push_back(seconds[a][i] / seconds[b][i]);
    }
    return median(ratios);
  }
};

/// Runs the calls in turn, round after round. A machine that slows down for a while slows all of
/// them, so their ratios can be trusted where absolute times cannot.
///
/// One call handles `elements` elements. What the benchmark reports as its time is that of the
/// first call. Register it with in_turn().
template <class... Calls>
timings<sizeof...(Calls)> run_in_turn(benchmark::State& state, std::size_t elements,
                                      Calls... calls) {
  timings<sizeof...(Calls)> result;
  for (auto _ : state) {
    const double round[] = {time_of(calls)...};
    for (std::size_t i = 0; i < sizeof...(Calls); ++i) result.seconds[i].push_back(round[i]);
    state.SetIterationTime(round[0]);
  }
  state.counters["elements/s"] = static_cast<double>(elements) / median(result.seconds[0]);
  return result;
}

/// Sets a benchmark up for run_in_turn(): 101 rounds.
inline void in_turn(benchmark::internal::Benchmark* registered) {
  registered->Iterations(101)->UseManualTime();
}

/// The rest of main(): runs what was registered, as the command line says.
inline int run(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace bench
