#include "json_text.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace f8cast {
namespace {

using nlohmann::json;

constexpr std::size_t deepest_nesting = 16;  // a valid header needs 3
constexpr const char* white_space = " \t\r\n";

/// Refuses what a parser would take. (The parser's own callback would do, but each time that an
/// object ends, the parser then walks all that its parent has so far.)
class checker final : public json::json_sax_t {
 public:
  checker(const std::string& text, place where, std::string what, tensor_under tensor)
      : text_(text), where_(std::move(where)), what_(std::move(what)), tensor_(tensor) {}

  bool start_object(std::size_t /*size*/) override { return open(); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t /*size*/) override { return open(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    keys_.back() = name;
    if (!names_.back().insert(name).second) fail_twice(name);
    ++keys_read_;
    return true;
  }

  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(json::number_integer_t /*value*/) override { return true; }
  bool number_unsigned(json::number_unsigned_t /*value*/) override { return true; }
  bool number_float(json::number_float_t /*value*/, const std::string& /*text*/) override {
    return true;
  }
  bool string(std::string& /*value*/) override { return true; }
  bool binary(json::binary_t& /*value*/) override { return true; }

  bool parse_error(std::size_t read, const std::string& /*token*/,
                   const json::exception& error) override {
    if (dynamic_cast<const json::out_of_range*>(&error)) {
      fail(where_, "a number in " + what_ + " is too large");
    }
    fail(at(read - 1), what_ + " is not valid JSON");
  }

 private:
  bool open() {
    if (names_.size() == deepest_nesting) fail(where_, what_ + " is nested too deeply");
    names_.emplace_back();
    keys_.emplace_back();
    return true;
  }
  bool close() {
    names_.pop_back();
    keys_.pop_back();
    return true;
  }

  place at(std::size_t offset) const {
    return {where_.file, where_.tensor, where_.offset.value_or(0) + offset};
  }

  [[noreturn]] void fail_twice(const std::string& name) const;

  const std::string& text_;
  place where_;
  std::string what_;
  tensor_under tensor_;
  std::vector<std::set<std::string>> names_;  // of each object that is open; none for an array
  std::vector<std::string> keys_;             // and the last of them
  std::size_t keys_read_ = 0;
};

/// Past the quote that ends the string which begins at `at`; the text's end if there is none.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

bool is_before_colon(std::string_view text, std::size_t at) {
  at = text.find_first_not_of(white_space, at);
  return at != std::string_view::npos && text[at] == ':';
}

/// Where the n-th key of all stands, in text that is valid up to there.
std::size_t find_nth_key(std::string_view text, std::size_t n) {
  for (std::size_t at = 0; (at = text.find('"', at)) != std::string_view::npos;) {
    const std::size_t end = end_of_string(text, at);
    if (is_before_colon(text, end) && n-- == 0) return at;
    at = end;
  }
  return 0;
}

void checker::fail_twice(const std::string& name) const {
  place second = at(find_nth_key(text_, keys_read_));
  second.tensor = tensor_(keys_);
  fail(second, "the name '" + name + "' occurs twice in one object of " + what_);
}

/// Past the value that begins at `at`.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  if (text[at] == '"') return end_of_string(text, at);
  if (text[at] != '{' && text[at] != '[') return text.find_first_of(",]} \t\r\n", at);
  for (std::size_t depth = 0;; ++at) {
    at = text.find_first_of("{[]}\"", at);
    if (text[at] == '"') {
      at = end_of_string(text, at) - 1;
    } else if (text[at] == '{' || text[at] == '[') {
      ++depth;
    } else if (--depth == 0) {
      return at + 1;
    }
  }
}

}  // namespace

void check_object(const std::string& text, const place& where, const std::string& what,
                  tensor_under tensor) {
  const auto nul = text.find('\0');  // the parser would take it for the end
  if (nul != std::string::npos) {
    fail({where.file, where.tensor, where.offset.value_or(0) + nul}, what + " is not valid JSON");
  }
  checker check(text, where, what, tensor);
  json::sax_parse(text, &check);
  if (text.front() != '{') fail(where, what + " does not begin with {");
}

bool is_object(std::string_view value) {
  return value.front() == '{';
}

void for_each_member(std::string_view object,
                     const std::function<void(const json_member&)>& visit) {
  const auto next = [&](std::size_t at) { return object.find_first_not_of(white_space, at); };
  for (std::size_t at = next(1); object[at] != '}';) {
    const std::size_t end_of_name = end_of_string(object, at);
    const std::size_t value = next(next(end_of_name) + 1);  // past the colon
    const std::size_t end = end_of_value(object, value);
    visit({*string_in(object.substr(at, end_of_name - at)), object.substr(value, end - value), at});
    at = next(end);
    if (object[at] == ',') at = next(at + 1);
  }
}

std::optional<std::string> string_in(std::string_view value) {
  if (value.front() != '"') return std::nullopt;
  if (value.find('\\') == std::string_view::npos) {
    return std::string(value.substr(1, value.size() - 2));
  }
  return json::parse(value).get<std::string>();
}

std::optional<std::vector<std::uint64_t>> numbers_in(std::string_view value) {
  if (value.front() != '[') return std::nullopt;
  std::vector<std::uint64_t> numbers;
  for (std::size_t at = 0;;) {
    at = value.find_first_not_of(white_space, at + 1);
    if (value[at] == ']') return numbers;
    const auto [end, error] =
        std::from_chars(value.data() + at, value.data() + value.size(), numbers.emplace_back());
    if (error != std::errc()) return std::nullopt;
    at = value.find_first_not_of(white_space, static_cast<std::size_t>(end - value.data()));
    if (value[at] == ']') return numbers;
    if (value[at] != ',') return std::nullopt;  // a fraction, or an exponent
  }
}

std::string quoted(const std::string& text) {
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace f8cast
