#include "checkpoint/index_writer.hpp"

#include "checkpoint/json_text.hpp"

namespace f8cast {

index_writer::index_writer(const std::string& path, const metadata& notes) : file_(path) {
  text_.add("{\n  \"metadata\": {");
  const char* separator = "\n    ";
  for (const auto& [key, value] : notes) {
    text_.add(separator + quoted(key) + ": " + value);
    separator = ",\n    ";
  }
  text_.add("\n  },\n  \"weight_map\": {");
}

void index_writer::add(const std::string& tensor, const std::string& shard) {
  text_.add((is_first_ ? "\n    " : ",\n    ") + quoted(tensor) + ": " + quoted(shard));
  is_first_ = false;
}

void index_writer::commit() {
  text_.add("\n  }\n}\n");
  text_.flush();
  file_.commit();
}

}  // namespace f8cast
