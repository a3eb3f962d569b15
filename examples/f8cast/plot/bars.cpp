#include "plot/bars.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>

#include "print/numbers.hpp"

namespace f8cast {
namespace {

constexpr unsigned dropped = 64 - (1 + 11 + 3);  // bits of a double that do not tell bins apart
constexpr std::uint64_t sign_bit = std::uint64_t{1} << (11 + 3);
constexpr std::uint64_t of_infinity = std::uint64_t{0x7FF} << 3;

/// Where the bin of that number without its sign begins.
double begin_of(std::uint64_t number) {
  if (number > of_infinity) return std::numeric_limits<double>::infinity();
  const std::uint64_t bits = number << dropped;
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

std::string signed_number(bool negative, double magnitude) {
  return (negative ? "-" : "") + short_number(magnitude);
}

std::string hint_of(const bin& b) {
  return "from " + signed_number(b.negative, b.begin) + " to " + signed_number(b.negative, b.end) +
         ": " + counted(b.count, "value");
}

/// The bar of the code with that key, neither zero nor one of the largest.
bar bar_of(std::size_t key, std::uint64_t count, const landmarks& of) {
  const double value = of.values[key];
  const double before = (value + double{of.values[key - 1]}) / 2;
  const double after = (value + double{of.values[key + 1]}) / 2;
  return {value < 0, std::min(std::fabs(before), std::fabs(after)),
          std::max(std::fabs(before), std::fabs(after)), count,
          short_number(value) + ": " + counted(count, "code")};
}

}  // namespace

void value_histogram::add(const std::vector<double>& values) {
  for (const double x : values) {
    if (!std::isnan(x)) add(x);
  }
}

void value_histogram::add(double x) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof bits);
  ++(x == 0 ? zeros_ : counts_[bits >> dropped]);
}

std::vector<bin> value_histogram::bins() const {
  std::vector<bin> result;
  for (std::uint64_t i = 0; i < counts_.size(); ++i) {
    const std::uint64_t magnitude = i & ~sign_bit;
    if (counts_[i] == 0) continue;
    result.push_back(
        {(i & sign_bit) != 0, begin_of(magnitude), begin_of(magnitude + 1), counts_[i]});
  }
  return result;
}

double bar::per_binade() const {
  return static_cast<double>(count) / std::log2(end / begin);
}

bars bars_of(const value_histogram& values, double least, double most) {
  bars result;
  result.in_the_middle = values.zeros();
  result.ends_from = most;
  for (const bin& b : values.bins()) {
    if (b.begin < least) {
      result.in_the_middle += b.count;
    } else if (b.begin >= most) {
      (b.negative ? result.at_the_left : result.at_the_right) += b.count;
    } else {
      result.each.push_back({b.negative, b.begin, b.end, b.count, hint_of(b)});
    }
  }
  return result;
}

bars bars_of(const summary& codes, const landmarks& of) {
  bars result;
  result.ends_from = (of.below_largest + of.largest) / 2;
  for (std::size_t key = 0; key < codes.codes.size(); ++key) {
    const double value = of.values[key];
    const std::uint64_t count = codes.codes[key];
    if (count == 0) continue;
    if (value == 0) {
      result.in_the_middle += count;
    } else if (std::fabs(value) == of.largest) {
      (value < 0 ? result.at_the_left : result.at_the_right) = count;
    } else {
      result.each.push_back(bar_of(key, count, of));
    }
  }
  return result;
}

}  // namespace f8cast
