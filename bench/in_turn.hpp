// Rivals are measured in turn, round by round, so that whatever slows the machine down meets all.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <limits>

namespace bench {

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

/// What run_in_turn() measured: the seconds of each call in its fastest round, because whatever
/// else runs on the machine can only add to a time.
template <std::size_t Calls>
struct timings {
  std::array<double, Calls> seconds;

  /// How many times as long call `a` takes as call `b`.
  double ratio(std::size_t a, std::size_t b) const { return seconds[a] / seconds[b]; }
};

/// Runs the calls in turn, round after round, so that each has its share of the machine's good
/// moments.
///
/// One call handles `elements` elements. What the benchmark reports as its time is that of the
/// first call. Register it with in_turn().
template <class... Calls>
timings<sizeof...(Calls)> run_in_turn(benchmark::State& state, std::size_t elements,
                                      Calls... calls) {
  timings<sizeof...(Calls)> fastest;
  fastest.seconds.fill(std::numeric_limits<double>::infinity());
  for (auto _ : state) {
    const double round[] = {time_of(calls)...};
    for (std::size_t i = 0; i < sizeof...(Calls); ++i) {
      fastest.seconds[i] = std::min(fastest.seconds[i], round[i]);
    }
    state.SetIterationTime(round[0]);
  }
  state.counters["elements/s"] = static_cast<double>(elements) / fastest.seconds[0];
  return fastest;
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
