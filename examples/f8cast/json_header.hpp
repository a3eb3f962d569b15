// The header of a safetensors file as JSON, before anything is made of it.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "error.hpp"
#include "input_file.hpp"

namespace f8cast {

class json_header {
 public:
  /// Throws file_error unless the file begins with the length of a header and a JSON object of that
  /// length, as parse_object() wants it.
  explicit json_header(input_file& file);

  const nlohmann::json& object() const { return object_; }
  std::uint64_t end() const { return begin + text_.size(); }  ///< where the data begins

  /// Where the tensor's entry is.
  place entry_of(const std::string& tensor) const { return {path_, tensor, position_of(tensor)}; }
  /// Where the name stands as a key.
  place key(const std::string& name) const { return {path_, {}, position_of(name)}; }

 private:
  static constexpr std::uint64_t begin = 8;  // after the length

  std::uint64_t position_of(const std::string& name) const;

  std::string path_;
  std::string text_;
  nlohmann::json object_;
};

}  // namespace f8cast
