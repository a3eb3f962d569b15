#include "safetensors_writer.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>

namespace f8cast {
namespace {

using nlohmann::ordered_json;

std::string little_endian(std::uint64_t number) {
  std::string bytes;
  for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFF);
  return bytes;
}

/// As the header spells it; bytes that are no UTF-8, as a file's name may have, become U+FFFD.
template <class T>
std::string to_json(const T& value) {
  return ordered_json(value).dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string entry_of(const tensor& t, std::uint64_t begin) {
  ordered_json entry;
  entry["dtype"] = t.type->name;
  entry["shape"] = t.shape;
  entry["data_offsets"] = {begin, begin + t.bytes};
  return to_json(t.name) + ':' + entry.dump();
}

}  // namespace

std::string safetensors_header(const std::vector<tensor*>& tensors, const metadata& notes) {
  std::string text = "{";
  if (!notes.empty()) text += to_json(std::string("__metadata__")) + ':' + to_json(notes);
  std::uint64_t offset = 0;
  for (const tensor* t : tensors) {
    if (text.size() > 1) text += ',';
    text += entry_of(*t, offset);
    offset += t->bytes;
  }
  text += '}';
  text.resize((text.size() + 7) / 8 * 8, ' ');  // the data begins at a multiple of 8
  return little_endian(text.size()) + text;
}

}  // namespace f8cast
