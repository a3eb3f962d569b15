// The codes of powers of two in one byte (OCP Microscaling Formats, E8M0) as floats.
#ifndef F8_CORE_POWER_HPP
#define F8_CORE_POWER_HPP

#include <cstdint>

#include "../format.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

/// The bits of the float 2^(code - 127). Code 00 is 2^-127, a subnormal float, and FF is NaN.
F8_FN constexpr std::uint32_t power_of_two(std::uint32_t code) noexcept {
  const std::uint32_t power = code << binary32::trailing_bits;
  return code == 0xFF ? binary32::quiet_nan : code == 0 ? binary32::hidden_bit >> 1 : power;
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
