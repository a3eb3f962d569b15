#include "strict_json.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace f8cast {
namespace {

using nlohmann::json;

constexpr std::size_t deepest_nesting = 16;  // a valid header needs 3

/// What stands between quotes before a colon, quotes included.
struct key {
  std::size_t begin;
  std::size_t end;
  std::size_t depth;  ///< how many objects and arrays are open there
};

/// Past the quote that ends the string which begins at `at`; the text's end if there is none.
std::size_t end_of_string(const std::string& text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

bool is_before_colon(const std::string& text, std::size_t at) {
  at = text.find_first_not_of(" \t\r\n", at);
  return at != std::string::npos && text[at] == ':';
}

/// The first key that is the one sought, in text that is valid JSON up to there.
template <class IsSought>
std::optional<std::size_t> search_keys(const std::string& text, IsSought is_sought) {
  std::size_t depth = 0;
  for (std::size_t at = 0; (at = text.find_first_of("{[]}\"", at)) != std::string::npos;) {
    if (text[at] != '"') {
      depth = text[at] == '{' || text[at] == '[' ? depth + 1 : depth - 1;
      ++at;
      continue;
    }
    const std::size_t end = end_of_string(text, at);
    if (is_before_colon(text, end) && is_sought(key{at, end, depth})) return at;
    at = end;
  }
  return std::nullopt;
}

std::optional<std::size_t> find_nth_key(const std::string& text, std::size_t n) {
  return search_keys(text, [&](const key&) { return n-- == 0; });
}

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

  [[noreturn]] void fail_twice(const std::string& name) const {
    place second = at(find_nth_key(text_, keys_read_).value_or(0));
    second.tensor = tensor_(keys_);
    fail(second, "the name '" + name + "' occurs twice in one object of " + what_);
  }

  const std::string& text_;
  place where_;
  std::string what_;
  tensor_under tensor_;
  std::vector<std::set<std::string>> names_;  // of each object that is open; none for an array
  std::vector<std::string> keys_;             // and the last of them
  std::size_t keys_read_ = 0;
};

}  // namespace

json parse_object(const std::string& text, const place& where, const std::string& what,
                  tensor_under tensor) {
  const auto nul = text.find('\0');  // the parser would take it for the end
  if (nul != std::string::npos) {
    fail({where.file, where.tensor, where.offset.value_or(0) + nul}, what + " is not valid JSON");
  }
  checker check(text, where, what, tensor);
  json::sax_parse(text, &check);
  if (text.front() != '{') fail(where, what + " does not begin with {");
  return json::parse(text);
}

std::optional<std::size_t> find_key(const std::string& text, const std::string& name) {
  return search_keys(text, [&](const key& k) {
    return k.depth == 1 && json::parse(text.substr(k.begin, k.end - k.begin)) == name;
  });
}

}  // namespace f8cast
