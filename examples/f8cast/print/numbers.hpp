// How numbers are printed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace f8cast {

/// Three significant digits, in few characters: 0.00195, -1.5e-5, 5.73e4.
std::string short_number(double x);

/// All digits of an integer; a short number otherwise.
std::string long_number(double x);

/// A ratio of the largest error to a value: 6.25%.
std::string percent(double ratio);

/// Two digits after the point; "-" where there is no ratio.
std::string decibels(std::optional<double> ratio);

/// "1 tensor", "2 tensors".
std::string counted(std::uint64_t n, const std::string& what);

}  // namespace f8cast
