// One run: a network trained on a task in a precision, from a seed.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "tasks.hpp"

namespace accuracy {

struct run {
  std::unique_ptr<sequence> network;
  std::vector<double> losses;  ///< of each step
  double metric = 0;           ///< of the trained network on the test batches
  std::uint64_t bits = 0;      ///< a hash of all losses, parameters and the metric
};

/// The seed decides the initial weights and the batches, whatever the precision.
run train(const task& what, std::uint64_t seed, arithmetic& in);

/// The task's metric: NaN where a score is NaN.
double test(const task& what, layer& network, arithmetic& in);

/// Keeps of the network's weights only the codes and the scale that `in` rounds them to.
void store_weights(layer& network, arithmetic& in);

}  // namespace accuracy
