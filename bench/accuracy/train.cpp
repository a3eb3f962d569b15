#include "train.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace accuracy {
namespace {

/// Adam, in float, with the usual constants.
class adam {
 public:
  void step(parameter& p, float rate, float loss_scale) const {
    constexpr float b1 = 0.9f, b2 = 0.99f;
    const float bias1 = 1 - power(b1), bias2 = 1 - power(b2);
    for (Index i = 0; i < p.value.size(); ++i) {
      const float g = p.gradient(i) / loss_scale;
      p.mean(i) = b1 * p.mean(i) + (1 - b1) * g;
      p.square(i) = b2 * p.square(i) + (1 - b2) * g * g;
      p.value(i) -= rate * (p.mean(i) / bias1) / (std::sqrt(p.square(i) / bias2) + 1e-8f);
    }
  }
  void next() { ++steps_; }

 private:
  float power(float base) const {
    float result = 1;
    for (int i = 0; i < std::min(steps_ + 1, 2000); ++i) result *= base;
    return result;
  }

  int steps_ = 0;
};

/// A power of two that the loss is multiplied by: halved, and the step left out, when a gradient
/// is not finite; doubled after 200 steps that went well.
class loss_scaler {
 public:
  explicit loss_scaler(bool on) : on_(on), scale_(on ? 0x1p16f : 1) {}

  float scale() const { return scale_; }

  bool accept(const std::vector<parameter*>& parameters) {
    if (!on_) return true;
    for (const parameter* p : parameters) {
      for (const float g : p->gradient.reshaped()) {
        if (std::isfinite(g)) continue;
        scale_ = std::max(scale_ / 2, 1.0f);
        good_ = 0;
        return false;
      }
    }
    if (++good_ % 200 == 0) scale_ = std::min(scale_ * 2, 0x1p24f);
    return true;
  }

 private:
  bool on_;
  float scale_;
  int good_ = 0;
};

/// Up over the first twentieth of the steps, then down to zero: by straight lines.
float rate_at(const task& what, int step) {
  const auto steps = static_cast<float>(what.steps), done = static_cast<float>(step);
  return what.learning_rate * std::min((done + 1) / (0.05f * steps), (steps - done) / steps);
}

/// FNV-1a of 64 bits.
class hash {
 public:
  void add(const void* data, std::size_t n) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    for (std::size_t i = 0; i < n; ++i) value_ = (value_ ^ bytes[i]) * 0x100000001B3u;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325u;
};

}  // namespace

run train(const task& what, std::uint64_t seed, arithmetic& in) {
  random_numbers random(seed);
  run result;
  result.network = what.network(random);
  const std::vector<parameter*> parameters = result.network->parameters();
  adam optimizer;
  loss_scaler scaler(in.loss_scaling());
  for (int step = 0; step < what.steps; ++step) {
    const batch b = what.draw(random);
    Matrix gradient;
    const Matrix scores = result.network->forward(b.inputs, in);
    result.losses.push_back(cross_entropy(scores, b.labels, scaler.scale(), &gradient));
    result.network->backward(gradient, in);
    const float loss_scale = scaler.scale();
    if (!scaler.accept(parameters)) continue;
    for (parameter* p : parameters) optimizer.step(*p, rate_at(what, step), loss_scale);
    optimizer.next();
  }
  result.metric = test(what, *result.network, in);

  hash bits;
  bits.add(result.losses.data(), result.losses.size() * sizeof(double));
  for (const parameter* p : parameters) {
    bits.add(p->value.data(), static_cast<std::size_t>(p->value.size()) * sizeof(float));
  }
  bits.add(&result.metric, sizeof result.metric);
  result.bits = bits.value();
  return result;
}

double test(const task& what, layer& network, arithmetic& in) {
  double right = 0, loss = 0, examples = 0;
  for (const batch& b : what.test) {
    const Matrix scores = network.forward(b.inputs, in);
    loss += cross_entropy(scores, b.labels, 1, nullptr);
    for (Index i = 0; i < scores.rows(); ++i) {
      Index best = 0;
      for (Index j = 1; j < scores.cols(); ++j) best = scores(i, j) > scores(i, best) ? j : best;
      right += best == b.labels[static_cast<std::size_t>(i)];
    }
    examples += static_cast<double>(scores.rows());
  }
  loss /= static_cast<double>(what.test.size());
  if (std::isnan(loss)) return loss;
  return what.counts ? 100 * right / examples : loss;
}

void store_weights(layer& network, arithmetic& in) {
  for (parameter* p : network.weights()) {
    p->codes = in.store(p->value);
    p->value.setConstant(std::numeric_limits<float>::quiet_NaN());
  }
}

}  // namespace accuracy
