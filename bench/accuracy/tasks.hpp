// What is learned: for each task a network, batches to learn from, and batches to be tested on.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "data.hpp"
#include "layers.hpp"

namespace accuracy {

struct batch {
  Matrix inputs;
  std::vector<int> labels;
};

struct task {
  std::string name, metric;
  std::function<std::unique_ptr<sequence>(random_numbers&)> network;
  std::function<batch(random_numbers&)> draw;
  std::vector<batch> test;
  int steps;
  float learning_rate;
  bool counts;  ///< the metric is the share of right answers in percent; else the mean loss
};

/// 784 inputs, two hidden layers of 128, 10 classes.
task mlp();
/// Convolutions to 8 and 16 channels, each pooled, then a linear layer.
task cnn();
/// Two blocks of attention (4 heads) and feed-forward layers of width 64, over 64 characters.
task transformer();

std::vector<task> all_tasks();

}  // namespace accuracy
