// The options that say what shares a scale.
#pragma once

#include "scaling.hpp"

namespace CLI {
class App;
}

namespace f8cast {

/// Adds --scale and --block.
void add_scaling_options(CLI::App& command, const scaling*& how, tile_shape& block);

}  // namespace f8cast
