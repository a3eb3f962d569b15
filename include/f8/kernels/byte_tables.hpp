// What the magnitudes of an 8-bit format become in 16 bits, for kernels that look bytes up.
#ifndef F8_KERNELS_BYTE_TABLES_HPP
#define F8_KERNELS_BYTE_TABLES_HPP

#include <cstdint>

#include "../codec.hpp"

#include "../detail/config.hpp"

namespace f8 {
namespace {
namespace kernels {

/// The lower and the upper byte of what each magnitude becomes in a 16-bit Target.
template <class Source, class Target>
struct byte_tables {
  unsigned char of[2][128] = {};

  constexpr byte_tables() {
    for (std::uint32_t code = 0; code < 128; ++code) {
      const std::uint32_t x = detail::recode<Target, Source>(code, detail::directed{});
      of[0][code] = static_cast<unsigned char>(x & 0xFF);
      of[1][code] = static_cast<unsigned char>(x >> 8);
    }
  }
};

template <class Source, class Target>
inline constexpr byte_tables<Source, Target> bytes_of{};

/// True if these tables, and for floats bfloat16's with zeros below, are exact.
template <class Source, class Target>
constexpr bool decodes = Source::width == 8 &&
                         (Target::width == 16 || Target::width == 32) && contains<Target, Source>;

}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../detail/undef.hpp"

#endif
