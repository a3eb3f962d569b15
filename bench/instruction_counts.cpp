// Claim: how many instructions each kernel takes for 64 elements. Counted, not timed: the same on
// any machine.
//
// Without arguments, prints a Markdown table of the instruction sets that the machine has: each
// conversion runs one instruction at a time under a debugger's eye. With the arguments FROM->TO and
// KERNELS, only runs that conversion once, of as many elements as the third says: instructions.py
// counts what an emulator executes.
#include <f8/convert.hpp>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <vector>

#if defined(__x86_64__) && defined(__linux__)
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#endif

namespace {

/// Finite numbers in every format: each byte is 3C.
struct buffers {
  std::vector<unsigned char> in = std::vector<unsigned char>(1 << 16, 0x3C);
  std::vector<unsigned char> out = std::vector<unsigned char>(1 << 16);
};

using conversion_of = void (*)(f8::isa kernels, buffers& memory, std::size_t n);

template <class From, class To>
void run(f8::isa kernels, buffers& memory, std::size_t n) {
  f8::convert(kernels, reinterpret_cast<const From*>(memory.in.data()),
              reinterpret_cast<To*>(memory.out.data()), n);
}

struct row {
  const char* pair;
  conversion_of convert;
};

constexpr row rows[] = {
    {"float->e4m3", run<float, f8::e4m3>},
    {"float->e5m2", run<float, f8::e5m2>},
    {"e4m3->float", run<f8::e4m3, float>},
    {"e5m2->float", run<f8::e5m2, float>},
    {"e4m3->bfloat16", run<f8::e4m3, f8::bfloat16>},
    {"e5m2->bfloat16", run<f8::e5m2, f8::bfloat16>},
    {"e4m3->float16", run<f8::e4m3, f8::float16>},
    {"e5m2->float16", run<f8::e5m2, f8::float16>},
    {"float16->e4m3", run<f8::float16, f8::e4m3>},
    {"float16->e5m2", run<f8::float16, f8::e5m2>},
    {"bfloat16->e4m3", run<f8::bfloat16, f8::e4m3>},
    {"bfloat16->e5m2", run<f8::bfloat16, f8::e5m2>},
};

int run_one(const char* pair, const char* kernels, std::size_t n) {
  for (const row& r : rows) {
    if (std::strcmp(r.pair, pair) != 0) continue;
    for (const f8::isa x : f8::supported_isas()) {
      if (std::strcmp(f8::to_string(x), kernels) != 0) continue;
      buffers memory;
      r.convert(x, memory, n);
      return 0;
    }
  }
  std::cerr << "instruction_counts: no conversion " << pair << " by " << kernels << " here\n";
  return 1;
}

#if defined(__x86_64__) && defined(__linux__)

/// The instructions of a process between its first two signals to itself.
long count_steps(pid_t child) {
  int status = 0;
  long steps = -1;  // before the first
  while (waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
    if (WSTOPSIG(status) == SIGUSR1) {
      if (steps >= 0) break;
      steps = 0;
    } else if (steps >= 0) {
      ++steps;
    }
    ptrace(steps >= 0 ? PTRACE_SINGLESTEP : PTRACE_CONT, child, nullptr, nullptr);
  }
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  return steps;
}

template <class Work>
long instructions(Work work) {
  const pid_t child = fork();
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    raise(SIGUSR1);
    work();
    raise(SIGUSR1);
    _exit(0);
  }
  return count_steps(child);
}

/// Instructions for 64 elements: the difference between two lengths of an array, which leaves out
/// what every call takes once.
long per_64(const row& r, f8::isa kernels) {
  constexpr std::size_t few = 256, many = 512;
  buffers memory;
  const auto of = [&](std::size_t n) {
    return instructions([&] { r.convert(kernels, memory, n); });
  };
  return (of(many) - of(few)) / static_cast<long>((many - few) / 64);
}

int print_table() {
  std::cout << "| 64 elements of |";
  for (const f8::isa x : f8::supported_isas()) std::cout << ' ' << f8::to_string(x) << " |";
  std::cout << "\n|---|";
  for (std::size_t i = 0; i < f8::supported_isas().size(); ++i) std::cout << "---|";
  std::cout << '\n';
  for (const row& r : rows) {
    std::cout << "| `" << r.pair << "` |";
    for (const f8::isa x : f8::supported_isas()) std::cout << ' ' << per_64(r, x) << " |";
    std::cout << '\n' << std::flush;
  }
  return 0;
}

#else

int print_table() {
  std::cerr << "instruction_counts: cannot count here\n";
  return 1;
}

#endif

}  // namespace

int main(int argc, char** argv) {
  if (argc == 1) return print_table();
  if (argc == 4) return run_one(argv[1], argv[2], std::strtoul(argv[3], nullptr, 10));
  std::cerr << "usage: instruction_counts [FROM->TO KERNELS ELEMENTS]\n";
  return 2;
}
