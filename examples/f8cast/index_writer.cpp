#include "index_writer.hpp"

namespace f8cast {
namespace {

using nlohmann::json;

constexpr std::size_t enough = 1 << 16;  // to be written at once

std::string to_text(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

index_writer::index_writer(const std::string& path, const json& notes) : file_(path) {
  text_ = "{\n  \"metadata\": " + to_text(notes) + ",\n  \"weight_map\": {";
}

void index_writer::add(const std::string& tensor, const std::string& shard) {
  text_ += (is_first_ ? "\n    " : ",\n    ") + to_text(tensor) + ": " + to_text(shard);
  is_first_ = false;
  if (text_.size() < enough) return;
  file_.write(text_.data(), text_.size());
  text_.clear();
}

void index_writer::commit() {
  text_ += "\n  }\n}\n";
  file_.write(text_.data(), text_.size());
  file_.commit();
}

}  // namespace f8cast
