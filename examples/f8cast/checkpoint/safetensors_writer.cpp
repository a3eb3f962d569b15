#include "checkpoint/safetensors.hpp"

#include <cstddef>
#include <string>

#include "checkpoint/stored_json.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

constexpr std::size_t length_bytes = 8;

std::string little_endian(std::uint64_t number) {
  std::string bytes;
  for (std::size_t i = 0; i < length_bytes; ++i) {
    bytes += static_cast<char>(number >> (8 * i) & 0xFF);
  }
  return bytes;
}

std::string object_of(const metadata& notes) {
  std::string text;
  for (const auto& [key, value] : notes) {
    text += (text.empty() ? "" : ",") + quoted(key) + ':' + quoted(value);
  }
  return '{' + text + '}';
}

std::string list_of(const std::vector<std::uint64_t>& numbers) {
  std::string text;
  for (const std::uint64_t n : numbers) text += (text.empty() ? "" : ",") + std::to_string(n);
  return '[' + text + ']';
}

}  // namespace

safetensors_header::safetensors_header(output_file& file, const metadata& notes) : file_(file) {
  text_.add(std::string(length_bytes, '\0') + '{');
  if (notes.empty()) return;
  text_.add("\"__metadata__\":" + object_of(notes));
  separator_ = ",";
}

void safetensors_header::add(const tensor& t) {
  const std::uint64_t end = data_bytes_ + t.bytes;
  text_.add(separator_ + quoted(t.name) + R"(:{"dtype":)" + quoted(std::string(t.type->name)) +
            R"(,"shape":)" + list_of(t.shape) + R"(,"data_offsets":)" +
            list_of({data_bytes_, end}) + '}');
  separator_ = ",";
  data_bytes_ = end;
}

std::uint64_t safetensors_header::finish() {
  text_.add("}");
  text_.flush();
  const std::uint64_t end = file_.size();
  const std::uint64_t data = (end + 7) / 8 * 8;
  if (data - length_bytes > longest_header) {
    fail({file_.path()}, "its header would have " + std::to_string(data - length_bytes) +
                             " bytes, and readers take at most " + std::to_string(longest_header));
  }
  text_.add(std::string(data - end, ' '));
  text_.flush();
  const std::string length = little_endian(data - length_bytes);
  file_.write_at(0, length.data(), length.size());
  return data;
}

}  // namespace f8cast
