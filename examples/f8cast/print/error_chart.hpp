// The errors of a cast as bars of text.
#pragma once

#include <iosfwd>

#include "trial/summary.hpp"

namespace f8cast {

/// A line for each binade of the relative error, and one for each fate that has none: together,
/// all values.
void print_errors(const summary& of, std::ostream& out);

}  // namespace f8cast
