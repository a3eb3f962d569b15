// The types in CUDA's code: a kernel computes what the host computes, for every input. Where there
// is no GPU, the code that nvcc compiled for the host is tried on a part of the inputs.
#include <gtest/gtest.h>
#include <f8/arithmetic.hpp>
#include <f8/convert.hpp>
#include <f8/f8.hpp>
#include <f8/interchange.hpp>
#include <f8/interop/cuda.hpp>
#include <f8/istream.hpp>
#include <f8/literals.hpp>
#include <f8/scale.hpp>
#include <f8/sort.hpp>
#include <f8/text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

namespace {

constexpr std::uint64_t all_floats = std::uint64_t{1} << 32;
constexpr std::uint64_t all_halves = 1 << 16;
constexpr std::uint64_t all_codes = 1 << 8;

bool there_is_a_device() {
  int devices = 0;
  return cudaGetDeviceCount(&devices) == cudaSuccess && devices > 0;
}

/// The value with the code i, of any type that the library knows.
template <class T>
__host__ __device__ T value_of(std::uint32_t i) {
  using traits = f8::float_traits<T>;
  return traits::from_bits(static_cast<typename traits::format::bits_type>(i));
}
template <class T>
__host__ __device__ auto code_of(T x) {
  return f8::float_traits<T>::to_bits(x);
}

template <class Law, class Result>
__global__ void evaluate(Law law, std::uint32_t first, std::uint32_t n, Result* out) {
  const std::uint32_t i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] = law(first + i);
}

/// What a law makes of consecutive numbers, on the device.
template <class Result>
class on_device {
 public:
  explicit on_device(std::size_t n) { check(cudaMallocManaged(&results_, n * sizeof(Result))); }
  on_device(const on_device&) = delete;
  on_device& operator=(const on_device&) = delete;
  ~on_device() { cudaFree(results_); }

  template <class Law>
  const Result* operator()(Law law, std::uint32_t first, std::uint32_t n) {
    evaluate<<<(n + 255) / 256, 256>>>(law, first, n, results_);
    check(cudaGetLastError());
    check(cudaDeviceSynchronize());
    return results_;
  }

 private:
  static void check(cudaError_t error) {
    ASSERT_EQ(error, cudaSuccess) << cudaGetErrorString(error);
  }

  Result* results_ = nullptr;
};

/// Expects law(i) == expected(i) for all i below `inputs`: `fill` writes what is expected of n
/// consecutive numbers.
template <class Law, class Fill>
void expect_of_all(std::uint64_t inputs, Law law, Fill fill) {
  using result = decltype(law(0u));
  const auto n = static_cast<std::uint32_t>(std::min<std::uint64_t>(inputs, 1 << 22));
  std::vector<result> expected(n);
  const auto expect_equal = [&](const result* found, std::uint32_t first, std::uint32_t count) {
    fill(first, count, expected.data());
    const auto differs = std::mismatch(found, found + count, expected.data());
    ASSERT_EQ(differs.first, found + count) << "input " << first + (differs.first - found) << ": "
                                            << +*differs.first << ", not " << +*differs.second;
  };

  if (there_is_a_device()) {
    on_device<result> device(n);
    for (std::uint64_t first = 0; first < inputs; first += n) {
      const auto begin = static_cast<std::uint32_t>(first);
      expect_equal(device(law, begin, n), begin, n);
    }
    return;
  }
  constexpr std::uint32_t together = 256, of_every = 1 << 16;
  std::vector<result> found(together);
  for (std::uint64_t first = 0; first<inputs; first += inputs> of_every ? of_every : together) {
    // Of every 65536 numbers those about another place, so that low bits are tried, too.
    const auto begin = static_cast<std::uint32_t>(
        inputs > of_every ? first + (first >> 16) * 40503 % (of_every - together) : first);
    for (std::uint32_t i = 0; i < together; ++i) found[i] = law(begin + i);
    expect_equal(found.data(), begin, together);
  }
}

template <class T>
class Device : public testing::Test {};
using types = testing::Types<f8::e4m3, f8::e5m2, f8::e4m3_ieee, f8::e3m4, f8::e4m3fnuz,
                             f8::e5m2fnuz, f8::e4m3b11fnuz>;
TYPED_TEST_SUITE(Device, types);

/// The code of a cast to T.
template <class T, class From>
struct encoded {
  f8::conversion how;
  __host__ __device__ std::uint8_t operator()(std::uint32_t i) const {
    return code_of(f8::cast<T>(value_of<From>(i), how));
  }
};

/// As the kernels for arrays encode, from numbers that are of the same format as From.
template <class T, class From>
struct as_arrays_are {
  f8::conversion how;
  void operator()(std::uint32_t first, std::uint32_t n, std::uint8_t* out) const {
    std::vector<From> in(n);
    for (std::uint32_t i = 0; i < n; ++i) in[i] = value_of<From>(first + i);
    std::vector<T> codes(n);
    f8::convert(in.data(), codes.data(), n, how);
    for (std::uint32_t i = 0; i < n; ++i) out[i] = codes[i].to_bits();
  }
};

constexpr f8::conversion policies[] = {
    {},
    f8::stack::cuda_nosat,
    f8::stack::pytorch,
    {f8::rounding::upward, f8::overflow::saturate_finite},
    {f8::rounding::toward_zero},
    {f8::rounding::nearest_away},
    {f8::rounding::to_odd, f8::overflow::nonfinite},
};

TYPED_TEST(Device, CastsFloatsAsArraysAre) {
  for (const f8::conversion& how : policies) {
    expect_of_all(all_floats, encoded<TypeParam, float>{how}, as_arrays_are<TypeParam, float>{how});
  }
}

TYPED_TEST(Device, CastsCudasHalvesAsArraysOfOursAre) {
  for (const f8::conversion& how : policies) {
    expect_of_all(all_halves, encoded<TypeParam, __half>{how},
                  as_arrays_are<TypeParam, f8::float16>{how});
    expect_of_all(all_halves, encoded<TypeParam, __nv_bfloat16>{how},
                  as_arrays_are<TypeParam, f8::bfloat16>{how});
  }
}

/// The bits of the float of a code.
template <class T>
struct decoded {
  __host__ __device__ std::uint32_t operator()(std::uint32_t code) const {
    return code_of(float{value_of<T>(code)});
  }
};

TYPED_TEST(Device, DecodesAsArraysAre) {
  expect_of_all(all_codes, decoded<TypeParam>{},
                [](std::uint32_t first, std::uint32_t n, std::uint32_t* out) {
                  std::vector<TypeParam> codes(n);
                  std::vector<float> values(n);
                  for (std::uint32_t i = 0; i < n; ++i) codes[i] = value_of<TypeParam>(first + i);
                  f8::convert(codes.data(), values.data(), n);
                  std::memcpy(out, values.data(), n * sizeof(float));
                });
}

/// A digest of what the scalar headers make of two codes, and of their product as a double.
template <class T>
struct digest {
  __host__ __device__ std::uint64_t operator()(std::uint32_t pair) const {
    const T x = value_of<T>(pair >> 8);
    const T y = value_of<T>(pair);
    int exponent = 0;
    const T parts[] = {nextafter(x, y), copysign(x, y), min(x, y),           fmax(x, y), T{-x},
                       abs(y),          nextup(x),      frexp(x, &exponent), ldexp(x, 3)};
    std::uint64_t result = 0;
    for (const T part : parts) result = result * 257 + part.to_bits();
    const bool facts[] = {x < y, x == y, isnan(x), isfinite(x), signbit(y), f8::total_less{}(x, y)};
    for (const bool fact : facts) result = result * 2 + fact;
    result = result * 257 + f8::order_key(x);
    result = result * 1031 + static_cast<std::uint64_t>(exponent + 100);
    result = result * 257 + f8::cast<T>(1.0 / 3 * float{y}).to_bits();
    result = result * 257 + f8::cast_stochastic<T>(float{y} / 3, pair * 2654435761u).to_bits();
    result = result * 257 + T{static_cast<int>(pair)}.to_bits();
    return result * 257 + f8::e8m0{float{x}}.to_bits();
  }
};

TYPED_TEST(Device, ComputesAsTheHostDoes) {
  if (!there_is_a_device()) GTEST_SKIP() << "no GPU: compiled, not run";
  expect_of_all(1 << 16, digest<TypeParam>{},
                [](std::uint32_t first, std::uint32_t n, std::uint64_t* out) {
                  for (std::uint32_t i = 0; i < n; ++i) out[i] = digest<TypeParam>{}(first + i);
                });
}

// --- CUDA's own types
// ---------------------------------------------------------------------------------

template <class T>
class Twin : public testing::Test {};
using twins = testing::Types<f8::e4m3, f8::e5m2>;
TYPED_TEST_SUITE(Twin, twins);

/// The code that CUDA makes of a float, on the device by its instruction where it has one.
template <class T>
struct by_cuda {
  __nv_saturation_t saturation;
  __host__ __device__ std::uint8_t operator()(std::uint32_t i) const {
    constexpr auto format = std::is_same_v<T, f8::e4m3> ? __NV_E4M3 : __NV_E5M2;
    return __nv_cvt_float_to_fp8(value_of<float>(i), saturation, format);
  }
};

TYPED_TEST(Twin, CastsAsCudaDoes) {
  expect_of_all(all_floats, by_cuda<TypeParam>{__NV_SATFINITE},
                as_arrays_are<TypeParam, float>{f8::stack::cuda_satfinite});
  expect_of_all(all_floats, by_cuda<TypeParam>{__NV_NOSAT},
                as_arrays_are<TypeParam, float>{f8::stack::cuda_nosat});
}

/// The bits of the float that we make of a code of CUDA's type.
template <class T>
struct our_float_of_cudas {
  __host__ __device__ std::uint32_t operator()(std::uint32_t code) const {
    return code_of(f8::cast<float>(value_of<f8::cuda_twin_t<T>>(code)));
  }
};

TYPED_TEST(Twin, ArraysAreSeenAsEitherType) {
  std::vector<TypeParam> ours;
  for (unsigned code = 0; code < all_codes; ++code) ours.push_back(value_of<TypeParam>(code));
  const std::vector<TypeParam>& unchanged = ours;
  const auto* theirs = f8::as_cuda_twin(unchanged.data());
  for (unsigned code = 0; code < all_codes; ++code) {
    EXPECT_EQ(theirs[code].__x, code);
    if (isnan(ours[code])) {
      EXPECT_TRUE(std::isnan(static_cast<float>(theirs[code])));
    } else {
      EXPECT_EQ(static_cast<float>(theirs[code]), float{ours[code]});
    }
  }
  EXPECT_EQ(f8::as_cuda_twin(f8::as_cuda_twin(ours.data())), ours.data());
  EXPECT_EQ(f8::as_cuda_twin(static_cast<TypeParam*>(nullptr)), nullptr);
}

TYPED_TEST(Twin, CudasTypesAreSourcesAndTargets) {
  using cuda = f8::cuda_twin_t<TypeParam>;
  const float in[] = {0.3f, -1000, 1e9f};
  cuda codes[3];
  f8::convert(in, codes, 3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(codes[i].__x, TypeParam{in[i]}.to_bits());
  EXPECT_EQ(f8::cast<cuda>(0.3f).__x, codes[0].__x);
  EXPECT_EQ(TypeParam{codes[1]}.to_bits(), TypeParam{in[1]}.to_bits());
  EXPECT_EQ(code_of(f8::cast<__half>(codes[0])), f8::float16{TypeParam{0.3f}}.to_bits());
  EXPECT_EQ(code_of(f8::cast<__nv_bfloat16>(codes[0])), f8::bfloat16{TypeParam{0.3f}}.to_bits());
  expect_of_all(all_codes, our_float_of_cudas<TypeParam>{},
                [](std::uint32_t first, std::uint32_t n, std::uint32_t* out) {
                  for (std::uint32_t i = 0; i < n; ++i) out[i] = decoded<TypeParam>{}(first + i);
                });
}

}  // namespace
