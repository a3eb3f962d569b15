// The oracle against the golden tables: what it takes for granted is what others' implementations
// do too.
#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>
#include <ostream>

#include "golden/golden.hpp"
#include "reference/describe.hpp"
#include "reference/runs.hpp"

namespace {

using reference::format;
using reference::nan_code;
using reference::overflow;
using reference::policy;
using reference::rounding;

struct decode_table {
  const char* file;
  format source;

  friend void PrintTo(const decode_table& table, std::ostream* out) { *out << table.file; }
};

class GoldenDecode : public testing::TestWithParam<decode_table> {};

TEST_P(GoldenDecode, AgreesOnEveryCode) {
  const auto table = golden::load(GetParam().file);
  const format& f = GetParam().source;
  ASSERT_EQ(table.size(), 256u);
  for (const auto& row : table) {
    const std::uint64_t decoded = reference::encode(
        reference::binary32, reference::decode(f, row.first), {{}, overflow::nonfinite, {}});
    EXPECT_EQ(decoded, row.code) << reference::describe(f, row.first);
  }
}

INSTANTIATE_TEST_SUITE_P(
    MlDtypes, GoldenDecode,
    testing::Values(decode_table{"decode.e3m4.f32.ml_dtypes", reference::e3m4},
                    decode_table{"decode.e4m3.f32.ml_dtypes", reference::e4m3_ieee},
                    decode_table{"decode.e4m3b11fnuz.f32.ml_dtypes", reference::e4m3b11fnuz},
                    decode_table{"decode.e4m3fn.f32.ml_dtypes", reference::e4m3},
                    decode_table{"decode.e4m3fnuz.f32.ml_dtypes", reference::e4m3fnuz},
                    decode_table{"decode.e5m2.f32.ml_dtypes", reference::e5m2},
                    decode_table{"decode.e5m2fnuz.f32.ml_dtypes", reference::e5m2fnuz}));

struct encode_table {
  const char* file;
  format from;
  format to;
  policy how;

  friend void PrintTo(const encode_table& table, std::ostream* out) { *out << table.file; }
};

class GoldenEncode : public testing::TestWithParam<encode_table> {};

TEST_P(GoldenEncode, AgreesOnEveryInput) {
  const encode_table& table = GetParam();
  const auto expected = golden::load(table.file);
  const auto runs = reference::make_runs(table.from, table.to, table.how);
  ASSERT_EQ(runs.size(), expected.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_EQ(runs[i].first, expected[i].first)
        << "row " << i << ", code " << std::hex << expected[i].code;
    EXPECT_EQ(runs[i].code, expected[i].code)
        << "row " << i << ", input " << std::hex << expected[i].first;
  }
}

constexpr policy cuda_satfinite{rounding::nearest_even, overflow::saturate, nan_code::canonical};
constexpr policy cuda_nosat{rounding::nearest_even, overflow::nonfinite, nan_code::canonical};
constexpr policy ml_dtypes{rounding::nearest_even, overflow::nonfinite, nan_code::quiet};
constexpr policy ml_dtypes_saturate{rounding::nearest_even, overflow::saturate_finite,
                                    nan_code::quiet};
constexpr policy pytorch{rounding::nearest_even, overflow::nonfinite, nan_code::all_ones};
constexpr policy universal{rounding::nearest_even, overflow::saturate, nan_code::quiet};
constexpr policy riscv(rounding round) {
  return {round, overflow::saturate, nan_code::canonical};
}

using reference::bfloat16;
using reference::binary16;
using reference::binary32;
using reference::e3m4;
using reference::e4m3;
using reference::e4m3fnuz;
using reference::e5m2;

INSTANTIATE_TEST_SUITE_P(
    All, GoldenEncode,
    testing::Values(
        encode_table{"e3m4.f32.nosat.rne.ml_dtypes", binary32, e3m4, ml_dtypes},
        encode_table{"e4m3fn.bf16.nosat.rne.ml_dtypes", bfloat16, e4m3, ml_dtypes},
        encode_table{"e4m3fn.bf16.satfinite.rne.cuda13", bfloat16, e4m3, cuda_satfinite},
        encode_table{"e4m3fn.f16.nosat.rne.ml_dtypes", binary16, e4m3, ml_dtypes},
        encode_table{"e4m3fn.f16.satfinite.rne.cuda13", binary16, e4m3, cuda_satfinite},
        encode_table{"e4m3fn.f32.nosat.rne.cuda13", binary32, e4m3, cuda_nosat},
        encode_table{"e4m3fn.f32.nosat.rne.ml_dtypes", binary32, e4m3, ml_dtypes},
        encode_table{"e4m3fn.f32.nosat.rne.pytorch", binary32, e4m3, pytorch},
        encode_table{"e4m3fn.f32.satfinite.rdn.spike_softfloat", binary32, e4m3,
                     riscv(rounding::downward)},
        encode_table{"e4m3fn.f32.satfinite.rmm.spike_softfloat", binary32, e4m3,
                     riscv(rounding::nearest_away)},
        encode_table{"e4m3fn.f32.satfinite.rne.cuda13", binary32, e4m3, cuda_satfinite},
        encode_table{"e4m3fn.f32.satfinite.rne.ml_dtypes", binary32, e4m3, ml_dtypes_saturate},
        encode_table{"e4m3fn.f32.satfinite.rne.universal", binary32, e4m3, universal},
        encode_table{"e4m3fn.f32.satfinite.rtz.spike_softfloat", binary32, e4m3,
                     riscv(rounding::toward_zero)},
        encode_table{"e4m3fn.f32.satfinite.rup.spike_softfloat", binary32, e4m3,
                     riscv(rounding::upward)},
        encode_table{"e4m3fnuz.f32.nosat.rne.ml_dtypes", binary32, e4m3fnuz, ml_dtypes},
        encode_table{"e5m2.bf16.nosat.rne.ml_dtypes", bfloat16, e5m2, ml_dtypes},
        encode_table{"e5m2.bf16.satfinite.rne.cuda13", bfloat16, e5m2, cuda_satfinite},
        encode_table{"e5m2.f16.satfinite.rne.cuda13", binary16, e5m2, cuda_satfinite},
        encode_table{"e5m2.f32.nosat.rne.cuda13", binary32, e5m2, cuda_nosat},
        encode_table{"e5m2.f32.nosat.rne.ml_dtypes", binary32, e5m2, ml_dtypes},
        encode_table{"e5m2.f32.nosat.rne.pytorch", binary32, e5m2, pytorch},
        encode_table{"e5m2.f32.satfinite.rne.cuda13", binary32, e5m2, cuda_satfinite},
        encode_table{"e5m2.f32.satfinite.rne.ml_dtypes", binary32, e5m2, ml_dtypes_saturate}));

// Between formats of equal exponents ml_dtypes keeps what fits of a NaN's payload.
TEST(GoldenEncode, AgreesOnEveryHalfToE5m2ExceptForTheirNans) {
  const auto table = golden::with_quiet_nans(golden::load("e5m2.f16.nosat.rne.ml_dtypes"), e5m2);
  EXPECT_EQ(reference::make_runs(binary16, e5m2, ml_dtypes), table);
}

TEST(GoldenEncode, AgreesOnChosenDoubles) {
  for (const auto& row : golden::load("e4m3fn.f64.nosat.rne.ml_dtypes")) {
    EXPECT_EQ(reference::encode(e4m3, reference::decode(reference::binary64, row.first), ml_dtypes),
              row.code)
        << reference::describe(reference::binary64, row.first);
  }
}

TEST(Oracle, RoundsDoubleToFloatAsTheProcessorDoes) {
  std::uint64_t random = 1;
  for (int i = 0; i < 1'000'000; ++i) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    // Exponents around those of float, so that subnormal results and overflow are among them.
    const std::uint64_t field = 1023 - 160 + (random >> 32) % 320;
    const std::uint64_t bits = (random >> 63) << 63 | field << 52 | (random << 20) >> 12;
    const auto x = reference::from_bits<double>(bits);
    const auto expected = reference::bits_of<std::uint32_t>(static_cast<float>(x));
    ASSERT_EQ(reference::encode(binary32, reference::number_of(x), ml_dtypes), expected)
        << reference::describe(reference::binary64, bits);
  }
}

TEST(Oracle, ReadsEverySourceType) {
  const auto equal = [](const reference::number& a, const reference::number& b) {
    return a.what == b.what && a.negative == b.negative && a.size == b.size;
  };
  for (const double x : {0.0, 1.0, -1.0, 3.0, -100.0, 127.0, -128.0}) {
    const auto expected = reference::number_of(x);
    EXPECT_TRUE(equal(expected, reference::number_of(static_cast<float>(x)))) << x;
    EXPECT_TRUE(equal(expected, reference::number_of(static_cast<long double>(x)))) << x;
    EXPECT_TRUE(equal(expected, reference::number_of(static_cast<std::int8_t>(x)))) << x;
    EXPECT_TRUE(equal(expected, reference::number_of(static_cast<std::int64_t>(x)))) << x;
  }
  EXPECT_TRUE(equal(reference::number_of(-0x1p63),
                    reference::number_of(std::numeric_limits<std::int64_t>::min())));
#if LDBL_MANT_DIG > 53
  EXPECT_TRUE(equal(reference::number_of(0x1.fp-16400L),
                    {reference::kind::finite, false, reference::make_magnitude(31, -16404)}));
#endif
  EXPECT_EQ(reference::number_of(std::numeric_limits<long double>::infinity()).what,
            reference::kind::infinite);
  EXPECT_EQ(reference::number_of(std::numeric_limits<long double>::quiet_NaN()).what,
            reference::kind::nan);
}

TEST(Oracle, LocatesBetweenNeighbours) {
  const auto third = reference::locate(e4m3, reference::number_of(1.0 + 0.125 / 3));
  EXPECT_EQ(third.below, 0x38u);
  EXPECT_EQ(third.fraction, 0x5555'5555u);
  EXPECT_FALSE(third.exact);
  EXPECT_TRUE(reference::locate(e4m3, reference::number_of(-448.0f)).exact);
}

TEST(Describe, SplitsByField) {
  EXPECT_EQ(reference::describe(e4m3, 0x7E), "e4m3 0b0'1111'110 (0x7e, 448)");
  EXPECT_EQ(reference::describe(e5m2, 0xFD), "e5m2 0b1'11111'01 (0xfd, -NaN)");
  EXPECT_EQ(reference::describe(binary32, 0x3F880001),
            "float 0b0'01111111'00010000000000000000001 (0x3f880001, 1.0625001192092896)");
}

}  // namespace
