// Writes a checkpoint with the names and shapes of a current language model (Llama 3's), filled
// with noise, about as large as one asks: for what has to be tried on files larger than memory.
//
//   make_checkpoint model.safetensors 4 BF16      one file of 4 GB
//   make_checkpoint folder 4 F32 3                three shards and their index
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct tensor {
  std::string name;
  std::vector<std::uint64_t> shape;

  std::uint64_t elements() const {
    std::uint64_t n = 1;
    for (const std::uint64_t dimension : shape) n *= dimension;
    return n;
  }
};

struct element_type {
  std::string name;
  std::size_t bytes;
};

std::uint64_t elements_of(const std::vector<tensor>& tensors) {
  std::uint64_t n = 0;
  for (const tensor& t : tensors) n += t.elements();
  return n;
}

std::vector<tensor> layer(std::uint64_t hidden, std::size_t number) {
  const std::string name = "model.layers." + std::to_string(number) + '.';
  const std::uint64_t inner = hidden * 7 / 2;
  return {{name + "input_layernorm.weight", {hidden}},
          {name + "self_attn.q_proj.weight", {hidden, hidden}},
          {name + "self_attn.k_proj.weight", {hidden / 4, hidden}},
          {name + "self_attn.v_proj.weight", {hidden / 4, hidden}},
          {name + "self_attn.o_proj.weight", {hidden, hidden}},
          {name + "post_attention_layernorm.weight", {hidden}},
          {name + "mlp.gate_proj.weight", {inner, hidden}},
          {name + "mlp.up_proj.weight", {inner, hidden}},
          {name + "mlp.down_proj.weight", {hidden, inner}}};
}

std::vector<tensor> around_layers(std::uint64_t hidden) {
  const std::uint64_t words = hidden * 501 / 16;  // 128256 for 4096
  return {{"model.embed_tokens.weight", {words, hidden}},
          {"model.norm.weight", {hidden}},
          {"lm_head.weight", {words, hidden}}};
}

/// As many layers as it takes, of a width at which they are most of it.
std::vector<tensor> model_of(std::uint64_t elements) {
  std::uint64_t hidden = 4096;
  while (hidden > 64 && elements_of(around_layers(hidden)) > elements / 2) hidden /= 2;
  std::vector<tensor> tensors = around_layers(hidden);
  const std::vector<tensor> end(tensors.begin() + 1, tensors.end());
  tensors.resize(1);
  for (std::size_t i = 0; elements_of(tensors) + elements_of(end) < elements; ++i) {
    for (const tensor& t : layer(hidden, i)) tensors.push_back(t);
  }
  tensors.insert(tensors.end(), end.begin(), end.end());
  return tensors;
}

/// Normally distributed, as weights are; does not repeat with the rows.
std::vector<char> noise_of(const element_type& type) {
  std::minstd_rand random(1);
  std::normal_distribution<float> weight(0, 0.02F);
  std::vector<char> noise;
  for (std::size_t i = 0; i < (1 << 18) + 77; ++i) {
    const float value = weight(random);
    char bytes[4];
    std::memcpy(bytes, &value, 4);
    noise.insert(noise.end(), bytes + 4 - type.bytes, bytes + 4);  // BF16 is the upper half
  }
  return noise;
}

std::string header_of(const std::vector<tensor>& tensors, const element_type& type) {
  std::string text = R"({"__metadata__":{"format":"pt"})";
  std::uint64_t begin = 0;
  for (const tensor& t : tensors) {
    const std::uint64_t end = begin + t.elements() * type.bytes;
    std::string shape;
    for (const std::uint64_t n : t.shape) shape += (shape.empty() ? "" : ",") + std::to_string(n);
    text += ",\"" + t.name + R"(":{"dtype":")" + type.name + R"(","shape":[)" + shape +
            R"(],"data_offsets":[)" + std::to_string(begin) + ',' + std::to_string(end) + "]}";
    begin = end;
  }
  text += '}';
  text.resize((text.size() + 7) / 8 * 8, ' ');
  return text;
}

void write(std::ofstream& file, std::uint64_t bytes, const std::vector<char>& noise) {
  while (bytes > 0) {
    const std::uint64_t n = std::min<std::uint64_t>(bytes, noise.size());
    file.write(noise.data(), static_cast<std::streamsize>(n));
    bytes -= n;
  }
}

void write_file(const std::string& path, const std::vector<tensor>& tensors,
                const element_type& type) {
  const std::string header = header_of(tensors, type);
  const std::vector<char> noise = noise_of(type);
  std::ofstream file(path, std::ios::binary);
  for (unsigned i = 0; i < 8; ++i) file.put(static_cast<char>(header.size() >> (8 * i) & 0xFF));
  file << header;
  for (const tensor& t : tensors) write(file, t.elements() * type.bytes, noise);
  if (!file.flush()) throw std::runtime_error(path + ": cannot be written");
}

std::string shard_name(std::size_t i, std::size_t shards) {
  char name[64];
  std::snprintf(name, sizeof name, "model-%05zu-of-%05zu.safetensors", i + 1, shards);
  return name;
}

void write_shards(const std::string& folder, const std::vector<tensor>& tensors,
                  const element_type& type, std::size_t shards) {
  std::vector<std::vector<tensor>> parts(shards);
  std::string map;
  std::uint64_t before = 0;
  for (const tensor& t : tensors) {
    const std::size_t shard = before * shards / elements_of(tensors);
    parts[shard].push_back(t);
    map += (map.empty() ? "\n    \"" : ",\n    \"") + t.name + "\": \"" +
           shard_name(shard, shards) + '"';
    before += t.elements();
  }
  std::filesystem::create_directory(folder);
  for (std::size_t i = 0; i < shards; ++i) {
    write_file(folder + '/' + shard_name(i, shards), parts[i], type);
  }
  std::ofstream(folder + "/model.safetensors.index.json")
      << "{\n  \"metadata\": {\"total_size\": " << elements_of(tensors) * type.bytes
      << "},\n  \"weight_map\": {" << map << "\n  }\n}\n";
}

}  // namespace

int main(int argc, char** argv) {
  const std::string dtype = argc > 3 ? argv[3] : "BF16";
  if (argc < 3 || argc > 5 || (dtype != "BF16" && dtype != "F32")) {
    std::fputs("usage: make_checkpoint OUTPUT GIGABYTES [BF16|F32 [SHARDS]]\n", stderr);
    return 2;
  }
  try {
    const element_type type{dtype, dtype == "F32" ? 4U : 2U};
    const double elements = 1e9 * std::stod(argv[2]) / static_cast<double>(type.bytes);
    const std::vector<tensor> tensors = model_of(static_cast<std::uint64_t>(elements));
    if (argc > 4) {
      write_shards(argv[1], tensors, type, std::stoul(argv[4]));
    } else {
      write_file(argv[1], tensors, type);
    }
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "make_checkpoint: %s\n", error.what());
    return 1;
  }
}
