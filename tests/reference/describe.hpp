// Numbers in words, for the message of a law that fails. Compiled once: every test says them, and
// none should have to be waited for because of that.
#pragma once

#include <cstdint>
#include <string>

#include "reference/encode.hpp"

namespace reference {

/// The fields of a code: 0b0'1111'110.
std::string fields(const format& f, std::uint64_t code);

std::string value_text(const format& f, std::uint64_t code);

/// e4m3 0b0'1111'110 (0x7e, 448)
std::string describe(const format& f, std::uint64_t code);

const char* describe(rounding x);
const char* describe(overflow x);
const char* describe(nan_code x);
std::string describe(policy how);

/// One input for which a conversion gave something else than it should.
struct mismatch {
  std::uint64_t input;
  std::uint64_t expected;
  std::uint64_t got;
};

std::string describe(const format& from, const format& to, policy how, const mismatch& m);

}  // namespace reference
