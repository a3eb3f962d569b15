#include "tasks.hpp"

#include <algorithm>

namespace accuracy {
namespace {

/// Images n(0), n(1), ... as rows, with mean 0 and deviation 1 over the training images.
template <class Number>
batch images_at(const images& from, Index size, Number n) {
  batch result{Matrix(size, images::area), {}};
  for (Index i = 0; i < size; ++i) {
    const auto image = static_cast<std::size_t>(n(i));
    const std::uint8_t* pixels = &from.pixels[image * images::area];
    for (Index j = 0; j < images::area; ++j) {
      result.inputs(i, j) = (static_cast<float>(pixels[j]) / 255 - 0.2860f) / 0.3530f;
    }
    result.labels.push_back(from.labels[image]);
  }
  return result;
}

task vision(std::string name) {
  constexpr Index size = 128, test_size = 500;
  task result;
  result.name = std::move(name);
  result.metric = "accuracy, %";
  result.counts = true;
  const auto train = std::make_shared<const images>(read_fashion_mnist("train"));
  result.draw = [train](random_numbers& random) {
    const auto n = static_cast<Index>(train->labels.size());
    return images_at(*train, size, [&](Index) { return random.below(n); });
  };
  const images test = read_fashion_mnist("t10k");
  const auto n = static_cast<Index>(test.labels.size());
  for (Index first = 0; first + test_size <= n; first += test_size) {
    result.test.push_back(images_at(test, test_size, [&](Index i) { return first + i; }));
  }
  return result;
}

/// Texts one below the other: each character, and as its label the one after it.
template <class First>
batch texts_at(const text& from, Index texts, Index places, First first) {
  batch result{Matrix(texts * places, 1), {}};
  for (Index i = 0; i < texts; ++i) {
    const int* c = &from.characters[static_cast<std::size_t>(first(i))];
    for (Index place = 0; place < places; ++place) {
      result.inputs(i * places + place) = static_cast<float>(c[place]);
      result.labels.push_back(c[place + 1]);
    }
  }
  return result;
}

}  // namespace

task mlp() {
  task result = vision("MLP");
  result.network = [](random_numbers& random) {
    auto net = std::make_unique<sequence>();
    net->add<linear>(images::area, 128, random, source::data);
    net->add<relu>();
    net->add<linear>(128, 128, random);
    net->add<relu>();
    net->add<linear>(128, images::classes, random);
    return net;
  };
  result.steps = 2000;
  result.learning_rate = 2e-3f;
  return result;
}

task cnn() {
  task result = vision("CNN");
  result.network = [](random_numbers& random) {
    auto net = std::make_unique<sequence>();
    net->add<convolution>(28, 1, 8, random, source::data);
    net->add<relu>();
    net->add<max_pool>(28);
    net->add<convolution>(14, 8, 16, random);
    net->add<relu>();
    net->add<max_pool>(14);
    net->add<linear>(16 * 7 * 7, images::classes, random);
    return net;
  };
  result.steps = 1000;
  result.learning_rate = 1e-2f;
  return result;
}

task transformer() {
  constexpr Index width = 64, heads = 4, places = 64, texts = 16, test_texts = 512;
  task result;
  result.name = "Transformer";
  result.metric = "perplexity";
  result.counts = false;
  const auto whole = std::make_shared<const text>(read_text());
  const Index symbols = whole->symbols;
  result.network = [=](random_numbers& random) {
    auto net = std::make_unique<sequence>();
    net->add<embedding>(symbols, places, width, random);
    for (int block = 0; block < 2; ++block) {
      auto& attend = net->add<residual>();
      attend.add<layer_norm>(width);
      attend.add<attention>(width, heads, places, random);
      auto& feed_forward = net->add<residual>();
      feed_forward.add<layer_norm>(width);
      feed_forward.add<linear>(width, 4 * width, random);
      feed_forward.add<relu>();
      feed_forward.add<linear>(4 * width, width, random);
    }
    net->add<layer_norm>(width);
    net->add<linear>(width, symbols, random);
    return net;
  };
  // The last tenth is for tests.
  const auto characters = static_cast<Index>(whole->characters.size());
  const Index learned = characters / 10 * 9, tested = characters - learned;
  result.draw = [whole, learned](random_numbers& random) {
    return texts_at(*whole, texts, places, [&](Index) { return random.below(learned - places); });
  };
  for (Index first = 0; first < test_texts; first += texts) {
    result.test.push_back(texts_at(*whole, texts, places, [&](Index i) {
      return learned + (first + i) * ((tested - places - 1) / test_texts);
    }));
  }
  result.steps = 700;
  result.learning_rate = 1e-2f;
  return result;
}

std::vector<task> all_tasks() {
  std::vector<task> result;
  result.push_back(mlp());
  result.push_back(cnn());
  result.push_back(transformer());
  return result;
}

}  // namespace accuracy
