// Claim: f8::sort is a hundred times as fast as std::sort by float comparison. Counter: times_std.
#include <benchmark/benchmark.h>
#include <f8/f8.hpp>
#include <f8/sort.hpp>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>

#include "data.hpp"
#include "in_turn.hpp"

namespace {

// Every code of a number with the same probability; NaN has no place in an order of floats.
template <class T>
bench::array<T> uniform_codes(std::size_t n) {
  bench::array<T> values;
  std::mt19937 random(1);
  while (values.size() < n) {
    const T x = T::from_bits(random() % 256);
    if (!isnan(x)) values.push_back(x);
  }
  return values;
}

// Weights as models have them.
template <class T>
bench::array<T> weights(std::size_t n) {
  bench::array<T> values;
  for (const float x : bench::floats("normal", n)) values.push_back(T(x));
  return values;
}

// Each call sorts a fresh copy; copying is a small part of either's time, and counted in both.
template <class T>
void sorts(benchmark::State& state, bench::array<T> (*make)(std::size_t)) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const bench::array<T> in = make(n);
  bench::array<T> ours(n);
  bench::array<T> theirs(n);

  enum { f8_sort, std_sort };
  const auto timings = bench::run_in_turn(
      state, n,
      [&] {
        ours = in;
        f8::sort(ours.data(), ours.data() + n);
      },
      [&] {
        theirs = in;
        std::sort(theirs.begin(), theirs.end(), [](float x, float y) { return x < y; });
      });
  state.counters["times_std"] = timings.ratio(std_sort, f8_sort);

  if (!std::equal(ours.begin(), ours.end(), theirs.begin()))
    state.SkipWithError("the results differ");
}

}  // namespace

int main(int argc, char** argv) {
  const auto add = [](const std::string& name, auto sorts_of, auto make) {
    benchmark::RegisterBenchmark(("sort/" + name).c_str(), sorts_of, make)
        ->Arg(1 << 20)
        ->Apply(bench::in_turn)
        ->Iterations(21);
  };
  add("e4m3/uniform", sorts<f8::e4m3>, uniform_codes<f8::e4m3>);
  add("e4m3/weights", sorts<f8::e4m3>, weights<f8::e4m3>);
  add("e5m2/uniform", sorts<f8::e5m2>, uniform_codes<f8::e5m2>);
  add("e5m2/weights", sorts<f8::e5m2>, weights<f8::e5m2>);
  return bench::run(argc, argv);
}
