// Kernels read and write [0, n) and nothing else, for every length and at every alignment. What
// they write there is compared with what the scalar core writes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "f8/convert.hpp"
#include "kernels/guarded.hpp"
#include "kernels/print_isas.hpp"
#include "reference/f8_types.hpp"

namespace {

using bytes = std::vector<std::uint8_t>;
using conversion_of_bytes = std::function<void(const void* in, void* out, std::size_t n)>;

/// A kernel, with the scalar one for the same work.
struct kernel_case {
  std::string name;
  conversion_of_bytes convert;
  conversion_of_bytes specification;
  std::size_t in_size;
  std::size_t out_size;
  bool main_loop;  // nearest-even with the default policy: tried at every alignment

  friend void PrintTo(const kernel_case& c, std::ostream* out) { *out << c.name; }
};

constexpr std::uint64_t stochastic_seed = 0x0123'4567'89AB'CDEF;

class case_list {
 public:
  template <class From, class To>
  void add() {
    for (const f8::rounding round : reference::all_roundings)
      add<From, To>(round, f8::overflow::saturate);
    add<From, To>(f8::rounding::nearest_even, f8::overflow::nonfinite);
    if constexpr (sizeof(From) > 1) add_stochastic<From, To>();
  }

  const std::vector<kernel_case>& all() const { return cases_; }

 private:
  template <class From, class To>
  void add(f8::rounding round, f8::overflow over) {
    const f8::conversion how{round, over};
    const auto convert = [how](f8::isa kernels) {
      const auto kernel =
          f8::kernels::find<f8::detail::format_of<From>, f8::detail::format_of<To>>(kernels);
      return [kernel, how](const void* in, void* out, std::size_t n) { kernel(in, out, n, how); };
    };
    const bool main_loop = round == f8::rounding::nearest_even && over == f8::overflow::saturate;
    push<From, To>(describe(reference::to_reference(how)), convert, main_loop);
  }

  template <class From, class To>
  void add_stochastic() {
    const auto convert = [](f8::isa kernels) {
      const auto kernel =
          f8::kernels::find_stochastic<f8::detail::format_of<From>, f8::detail::format_of<To>>(
              kernels);
      return [kernel](const void* in, void* out, std::size_t n) {
        kernel(in, out, n, stochastic_seed, 1, f8::overflow::saturate);
      };
    };
    push<From, To>("stochastic", convert, false);
  }

  template <class From, class To, class Convert>
  void push(const std::string& how, const Convert& convert, bool main_loop) {
    for (const f8::isa kernels : f8::supported_isas()) {
      cases_.push_back(
          {std::string(f8::to_string(kernels)) + "_" + reference::format_of<From>.name + "_" +
               reference::format_of<To>.name + "_" + how,
           convert(kernels), convert(f8::isa::scalar), sizeof(From), sizeof(To), main_loop});
    }
  }

  std::vector<kernel_case> cases_;
};

/// The pairs that kernels are written for.
case_list hot_cases() {
  case_list list;
  list.add<float, f8::e4m3>();
  list.add<f8::float16, f8::e5m2>();
  list.add<f8::bfloat16, f8::e4m3>();
  list.add<f8::e4m3, float>();
  list.add<f8::e5m2, f8::float16>();
  list.add<f8::e4m3, f8::bfloat16>();
  list.add<f8::e4m3, f8::e5m2>();
  list.add<float, f8::e5m2>();
  list.add<f8::float16, f8::e4m3>();
  list.add<f8::bfloat16, f8::e5m2>();
  list.add<f8::e5m2, float>();
  list.add<f8::e4m3, f8::float16>();
  list.add<f8::e5m2, f8::bfloat16>();
  return list;
}

/// And one pair of each other kind.
case_list all_cases() {
  case_list list = hot_cases();
  list.add<f8::e4m3fnuz, float>();
  list.add<double, f8::e4m3>();
  list.add<float, f8::e3m4>();
  list.add<float, f8::e4m3fnuz>();
  list.add<f8::e4m3, double>();
  list.add<float, f8::bfloat16>();
  list.add<f8::float16, float>();
  return list;
}

constexpr std::size_t longest = 260;
constexpr std::size_t alignments = 64;
constexpr std::uint8_t canary = 0xA5;

bytes random_bytes(std::size_t size) {
  std::mt19937 random(1);
  bytes all(size);
  std::generate(all.begin(), all.end(), [&] { return static_cast<std::uint8_t>(random()); });
  return all;
}

bool is_untouched(const std::uint8_t* first, const std::uint8_t* last) {
  return std::all_of(first, last, [](std::uint8_t b) { return b == canary; });
}

class Bounds : public testing::TestWithParam<kernel_case> {
 protected:
  const kernel_case& kernel = GetParam();

  bytes input(std::size_t n) const { return random_bytes(n * kernel.in_size); }

  bytes expected(const bytes& in) const {
    const std::size_t n = in.size() / kernel.in_size;
    bytes out(n * kernel.out_size);
    kernel.specification(in.data(), out.data(), n);
    return out;
  }

  std::size_t alignment_step() const {
    const bool slow = std::getenv("F8_EMULATED") != nullptr;
    return slow && !kernel.main_loop ? 9 : 1;
  }
};

/// Bytes that start at a given distance from an alignment of 64, with canaries on both sides.
class surrounded {
 public:
  surrounded(std::size_t misalignment, std::size_t size)
      : memory_(size + 4 * alignments, canary), size_(size) {
    const auto address = reinterpret_cast<std::uintptr_t>(memory_.data());
    first_ = memory_.data() + alignments + (alignments - address % alignments) % alignments +
             misalignment;
  }

  std::uint8_t* data() { return first_; }
  bool starts_with(const bytes& all) const {
    return std::equal(first_, first_ + size_, all.begin());
  }
  bool is_intact() const {
    return is_untouched(memory_.data(), first_) &&
           is_untouched(first_ + size_, memory_.data() + memory_.size());
  }

 private:
  bytes memory_;
  std::size_t size_;
  std::uint8_t* first_;
};

TEST_P(Bounds, EveryLengthAtEveryAlignment) {
  const bytes in = input(longest);
  const bytes out = expected(in);
  for (std::size_t misaligned = 0; misaligned < alignments; misaligned += alignment_step()) {
    for (std::size_t n = 0; n <= longest; ++n) {
      surrounded source(misaligned, n * kernel.in_size);
      surrounded target((37 * misaligned + n) % alignments, n * kernel.out_size);
      std::copy_n(in.data(), n * kernel.in_size, source.data());
      kernel.convert(source.data(), target.data(), n);
      ASSERT_TRUE(target.starts_with(out)) << n << " elements, input misaligned by " << misaligned;
      ASSERT_TRUE(source.starts_with(in)) << n << " elements, input misaligned by " << misaligned;
      ASSERT_TRUE(source.is_intact() && target.is_intact())
          << n << " elements, input misaligned by " << misaligned;
    }
  }
}

TEST_P(Bounds, InPlaceAtEveryAlignment) {
  if (kernel.out_size > kernel.in_size) GTEST_SKIP() << "outputs are larger";
  const bytes in = input(longest);
  const bytes out = expected(in);
  for (std::size_t misaligned = 0; misaligned < alignments; misaligned += alignment_step()) {
    for (std::size_t n = 0; n <= longest; ++n) {
      surrounded array(misaligned, n * kernel.in_size);
      std::copy_n(in.data(), n * kernel.in_size, array.data());
      kernel.convert(array.data(), array.data(), n);
      ASSERT_TRUE(std::equal(out.data(), out.data() + n * kernel.out_size, array.data()))
          << n << " elements, misaligned by " << misaligned;
      ASSERT_TRUE(std::equal(in.data() + n * kernel.out_size, in.data() + n * kernel.in_size,
                             array.data() + n * kernel.out_size))
          << n << " elements, misaligned by " << misaligned;
      ASSERT_TRUE(array.is_intact()) << n << " elements, misaligned by " << misaligned;
    }
  }
}

TEST_P(Bounds, NothingIsTouchedBeyondEitherEnd) {
  const bytes in = input(longest);
  const bytes out = expected(in);
  const kernel_test::guarded_memory sources(in.size());
  const kernel_test::guarded_memory targets(out.size());
  for (std::size_t n = 0; n <= longest; ++n) {
    for (unsigned ends = 0; ends < 4; ++ends) {
      std::uint8_t* source = sources.place(n * kernel.in_size, (ends & 1) != 0);
      std::uint8_t* target = targets.place(n * kernel.out_size, (ends & 2) != 0);
      std::copy_n(in.data(), n * kernel.in_size, source);
      std::fill_n(target, n * kernel.out_size, canary);
      kernel.convert(source, target, n);
      ASSERT_TRUE(std::equal(target, target + n * kernel.out_size, out.begin()))
          << n << " elements";
    }
  }
}

std::string name_of(const testing::TestParamInfo<kernel_case>& info) {
  std::string name = info.param.name;
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Each, Bounds, testing::ValuesIn(all_cases().all()), name_of);

/// Arrays whose results are larger than the last-level cache, and may be stored in another way.
/// They repeat a pattern.
class LargeArrays : public Bounds {
 protected:
  static constexpr std::size_t period = 4099;

  std::size_t n = f8::kernels::last_level_cache() / kernel.out_size + longest + 1;
  bytes in = repeated(input(period), n* kernel.in_size);
  bytes out = repeated(expected(input(period)), n* kernel.out_size);

 private:
  static bytes repeated(const bytes& pattern, std::size_t size) {
    bytes all;
    all.reserve(size);
    while (all.size() < size) {
      const std::size_t more = std::min(pattern.size(), size - all.size());
      all.insert(all.end(), pattern.begin(), pattern.begin() + static_cast<std::ptrdiff_t>(more));
    }
    return all;
  }
};

TEST_P(LargeArrays, AreConvertedToTheirEnds) {
  const kernel_test::guarded_memory target(out.size() + 1);
  for (const bool at_end : {false, true}) {
    for (std::size_t misaligned = 0; misaligned < 2; ++misaligned) {
      std::uint8_t* result =
          target.place(out.size() + misaligned, at_end) + (at_end ? 0 : misaligned);
      std::fill_n(result, out.size(), canary);
      kernel.convert(in.data(), result, n);
      ASSERT_EQ(std::memcmp(result, out.data(), out.size()), 0) << "misaligned by " << misaligned;
    }
  }
}

TEST_P(LargeArrays, AreConvertedInPlace) {
  if (kernel.out_size > kernel.in_size) GTEST_SKIP() << "outputs are larger";
  kernel.convert(in.data(), in.data(), n);
  ASSERT_EQ(std::memcmp(in.data(), out.data(), out.size()), 0);
}

std::vector<kernel_case> vector_main_loops() {
  std::vector<kernel_case> list = hot_cases().all();
  const auto is_other = [](const kernel_case& c) {
    return !c.main_loop || c.name.find("scalar") == 0;
  };
  list.erase(std::remove_if(list.begin(), list.end(), is_other), list.end());
  return list;
}

INSTANTIATE_TEST_SUITE_P(Each, LargeArrays, testing::ValuesIn(vector_main_loops()), name_of);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(LargeArrays);

}  // namespace
