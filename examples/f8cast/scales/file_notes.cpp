#include "scales/file_notes.hpp"

#include <nlohmann/json.hpp>
#include <vector>

namespace f8cast {
namespace {

constexpr const char* layers_key = "_quantization_metadata";
constexpr const char* block_key = "f8cast.block";

using nlohmann::json;

/// The object of layers; null if it is not there.
json* layers_in(json& note) {
  if (!note.is_object()) return nullptr;
  const auto layers = note.find("layers");
  return layers != note.end() && layers->is_object() ? &*layers : nullptr;
}

std::string format_of(const json& description) {
  if (!description.is_object()) return "";
  const auto format = description.find("format");
  return format != description.end() && format->is_string() ? format->get<std::string>() : "";
}

}  // namespace

std::optional<std::map<std::string, std::string>> formats_of_layers(const metadata& notes) {
  std::map<std::string, std::string> result;
  const auto note = notes.find(layers_key);
  if (note == notes.end()) return result;
  json parsed = json::parse(note->second, nullptr, false);
  const json* layers = layers_in(parsed);
  if (layers == nullptr) return std::nullopt;
  for (const auto& [layer, description] : layers->items()) result[layer] = format_of(description);
  return result;
}

void drop_layers(metadata& notes, const std::function<bool(const std::string&)>& drop) {
  const auto note = notes.find(layers_key);
  if (note == notes.end()) return;
  json parsed = json::parse(note->second, nullptr, false);
  json* layers = layers_in(parsed);
  if (layers == nullptr) return;
  std::vector<std::string> dropped;
  for (const auto& [layer, description] : layers->items()) {
    if (drop(layer)) dropped.push_back(layer);
  }
  for (const std::string& layer : dropped) layers->erase(layer);
  if (dropped.empty()) return;
  if (layers->empty()) {
    notes.erase(note);
  } else {
    note->second = parsed.dump();
  }
}

std::string format_in(const std::string& json_text) {
  return format_of(json::parse(json_text, nullptr, false));
}

bool is_plain_format(const std::string& format) {
  return format == "float8_e4m3fn" || format == "float8_e5m2";
}

std::optional<tile_shape> noted_block(const metadata& notes) {
  const auto note = notes.find(block_key);
  return note == notes.end() ? std::nullopt : parse_tile_shape(note->second);
}

void note_block(metadata& notes, tile_shape block) {
  // Where there are metadata, transformers wants to know who wrote the tensors.
  if (notes.empty()) notes["format"] = "pt";
  notes[block_key] = to_string(block);
}

void drop_block(metadata& notes) {
  notes.erase(block_key);
}

}  // namespace f8cast
