// Runs the paper's experiment and writes what it measured.
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "train.hpp"

namespace accuracy {
namespace {

constexpr char usage[] =
    "usage: accuracy RESULTS.csv CURVES.csv [seeds, 2 at least: 5] [threads: as the CPU has]\n";

/// What one run adds to the two tables.
struct rows {
  std::string results, curves;
};

double percent(std::uint64_t part, const seen& all) {
  return all.values == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(all.values);
}

void add_row(std::string& to, const char* part, const task& what, const char* row, unsigned seed,
             double metric, const arithmetic& in, std::uint64_t bits) {
  std::ostringstream line;
  line.precision(10);
  line << part << ',' << what.name << ",\"" << what.metric << "\",\"" << row << "\"," << seed << ','
       << (what.counts ? metric : std::exp(metric));
  for (const seen& s : {in.of_weights, in.of_activations, in.of_gradients}) {
    line << ',' << percent(s.underflowed, s) << ',' << percent(s.saturated, s);
  }
  line << ',' << std::hex << bits << '\n';
  to += line.str();
}

constexpr char results_header[] =
    "part,task,metric,row,seed,value,weights_to_zero,weights_saturated,activations_to_zero,"
    "activations_saturated,gradients_to_zero,gradients_saturated,bits\n";

/// The mean loss of each fiftieth of the steps.
void add_curve(std::string& to, const task& what, const char* row, unsigned seed,
               const std::vector<double>& losses) {
  const std::size_t each = std::max<std::size_t>(1, losses.size() / 50);
  for (std::size_t first = 0; first + each <= losses.size(); first += each) {
    double sum = 0;
    for (std::size_t i = first; i < first + each; ++i) sum += losses[i];
    std::ostringstream line;
    line << what.name << ",\"" << row << "\"," << seed << ',' << first + each << ','
         << sum / static_cast<double>(each) << '\n';
    to += line.str();
  }
}

/// The baseline's network in each of the formats that it is quantized to after training.
void quantize_trained(std::string& to, const task& what, layer& network, unsigned seed) {
  for (const precision& how : served) {
    arithmetic in(how);
    const double metric = test(what, network, in);
    add_row(to, "quantized", what, how.name, seed, metric, in, 0);
  }
}

/// The headline's network from its stored codes: `bits` are 1 if its metric is what it was.
void serve_trained(std::string& to, const task& what, run& trained, unsigned seed) {
  arithmetic in(headline);
  store_weights(*trained.network, in);
  const double metric = test(what, *trained.network, in);
  add_row(to, "quantized", what, "trained in FP8, served as stored", seed, metric, in,
          metric == trained.metric);
}

rows run_one(const task& what, const precision& how, unsigned seed) {
  arithmetic in(how, seed * 1000000007ull);
  run trained = train(what, seed, in);
  rows result;
  add_row(result.results, "trained", what, how.name, seed, trained.metric, in, trained.bits);
  add_curve(result.curves, what, how.name, seed, trained.losses);
  if (how.name == baseline.name) quantize_trained(result.results, what, *trained.network, seed);
  if (how.name == headline.name) serve_trained(result.results, what, trained, seed);
  return result;
}

/// Replaces the file at once, when all is written.
void write(const std::string& path, const std::string& content) {
  const std::string half = path + ".part";
  std::ofstream file(half, std::ios::binary);
  file << content;
  file.close();
  if (!file) throw std::runtime_error(half + ": cannot be written");
  std::filesystem::rename(half, path);
}

void run_all(const std::string& results, const std::string& curves, unsigned seeds,
             unsigned threads) {
  write(results + ".probe", "");  // better now than after all the work
  std::filesystem::remove(results + ".probe");

  struct cell {
    const task* what;
    const precision* how;
    unsigned seed;
  };
  const std::vector<task> tasks = all_tasks();
  std::vector<cell> cells;
  for (const task& what : tasks) {
    for (const precision& how : trained) {
      for (unsigned seed = 1; seed <= seeds; ++seed) cells.push_back({&what, &how, seed});
    }
  }

  std::vector<rows> done(cells.size());
  std::atomic<std::size_t> next{0}, finished{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    for (std::size_t i = next++; i < cells.size(); i = next++) {
      try {
        done[i] = run_one(*cells[i].what, *cells[i].how, cells[i].seed);
      } catch (...) {
        const std::lock_guard<std::mutex> lock(mutex);
        failure = std::current_exception();
        return;
      }
      std::fprintf(stderr, "%zu of %zu: %s, %s, seed %u\n", ++finished, cells.size(),
                   cells[i].what->name.c_str(), cells[i].how->name, cells[i].seed);
    }
  };
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < threads; ++i) workers.emplace_back(work);
  for (std::thread& worker : workers) worker.join();
  if (failure) std::rethrow_exception(failure);

  std::string all_results = results_header, all_curves = "task,row,seed,step,loss\n";
  for (const rows& r : done) {
    all_results += r.results;
    all_curves += r.curves;
  }
  write(curves, all_curves);
  write(results, all_results);
}

unsigned number(const char* word, unsigned least) {
  char* end = nullptr;
  const unsigned long n = std::strtoul(word, &end, 10);
  if (*word == '\0' || *end != '\0' || n < least || n > 1000) {
    throw std::runtime_error(std::string(word) + ": not a number from " + std::to_string(least) +
                             " to 1000");
  }
  return static_cast<unsigned>(n);
}

}  // namespace
}  // namespace accuracy

int main(int count, char** words) {
  if (count < 3 || count > 5) {
    std::fputs(accuracy::usage, stderr);
    return 2;
  }
  try {
    const unsigned seeds = count > 3 ? accuracy::number(words[3], 2) : 5;
    const unsigned threads = count > 4 ? accuracy::number(words[4], 1)
                                       : std::max(1u, std::thread::hardware_concurrency());
    accuracy::run_all(words[1], words[2], seeds, threads);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "accuracy: %s\n", error.what());
    return 1;
  }
  return 0;
}
