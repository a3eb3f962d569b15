// The weights that come with f8cast: Silero's voice activity detector.
#pragma once

#include <string>

namespace f8cast {

/// Their path. Throws std::runtime_error where they are not to be found.
std::string shipped_weights();

}  // namespace f8cast
