#include "checkpoint/stored_json.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "system/error.hpp"

namespace f8cast {
namespace {

using nlohmann::json;

constexpr std::size_t deepest_nesting = 16;  // a valid header needs 3
constexpr std::size_t piece = 1 << 16;       // bytes in memory at a time

/// The characters of a part of a file, one by one.
class characters {
 public:
  characters(const input_file& file, byte_range text)
      : file_(file), next_(text.begin), end_(text.end) {}

  bool at_end() const { return read_ == text_.size() && next_ == end_; }
  char current() {
    if (read_ == text_.size()) load();
    return text_[read_];
  }
  void advance() {
    note(current());
    ++read_;
  }

  char last() const { return last_; }
  /// The place of the next character in the file.
  std::uint64_t offset() const { return next_ - text_.size() + read_; }
  /// Where the string begins that was begun last.
  std::uint64_t string_begin() const { return string_begin_; }

 private:
  void load() {
    text_ = file_.read_text(next_, std::min<std::uint64_t>(piece, end_ - next_));
    next_ += text_.size();
    read_ = 0;
  }
  void note(char c) {
    const bool is_escaped = in_string_ && last_ == '\\';
    if (c == '"' && !is_escaped) {
      in_string_ = !in_string_;
      if (in_string_) string_begin_ = offset();
    }
    last_ = is_escaped ? ' ' : c;  // what is escaped escapes nothing
  }

  const input_file& file_;
  std::string text_;
  std::size_t read_ = 0;
  std::uint64_t next_, end_;  // what text_ will be made of
  char last_ = ' ';
  bool in_string_ = false;
  std::uint64_t string_begin_ = 0;
};

/// The characters as an iterator, which the parser wants.
class character_iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  character_iterator() = default;  // the end
  explicit character_iterator(characters& of) : of_(&of) {}

  char operator*() const { return of_->current(); }
  character_iterator& operator++() {
    of_->advance();
    return *this;
  }
  bool operator==(const character_iterator& /*end*/) const { return of_->at_end(); }
  bool operator!=(const character_iterator& end) const { return !(*this == end); }

 private:
  characters* of_ = nullptr;
};

/// Refuses what a parser would take. (The parser's own callback would do, but each time that an
/// object ends, the parser then walks all that its parent has so far.)
class checker final : public json::json_sax_t {
 public:
  checker(const input_file& file, byte_range text, std::string what,
          stored_json::tensor_under tensor)
      : file_(file),
        begin_(text.begin),
        read_(file, text),
        what_(std::move(what)),
        tensor_(tensor) {}

  std::vector<stored_name> check() {
    json::sax_parse(character_iterator(read_), character_iterator(), this);
    // The parser takes it for the end.
    if (read_.last() == '\0') fail_at(read_.offset() - 1, what_ + " is not valid JSON");
    if (file_.read_text(begin_, 1) != "{") fail_at(begin_, what_ + " does not begin with {");
    own_.shrink_to_fit();
    return std::move(own_);
  }

  bool start_object(std::size_t /*size*/) override { return open(); }
  bool end_object() override {
    check_names(names_.back());
    if (names_.size() == 1) own_ = std::move(names_.back());
    return close();
  }
  bool start_array(std::size_t /*size*/) override { return open(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    keys_.back() = name;
    names_.back().push_back({hash_of(name), static_cast<std::uint32_t>(read_.string_begin())});
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
      fail_at(begin_, "a number in " + what_ + " is too large");
    }
    fail_at(begin_ + read - 1, what_ + " is not valid JSON");
  }

 private:
  bool open() {
    if (names_.size() == deepest_nesting) fail_at(begin_, what_ + " is nested too deeply");
    names_.emplace_back();
    keys_.emplace_back();
    return true;
  }
  bool close() {
    names_.pop_back();
    keys_.pop_back();
    return true;
  }

  /// That none is there twice.
  void check_names(std::vector<stored_name>& of_object);

  [[noreturn]] void fail_at(std::uint64_t offset, const std::string& reason) const {
    fail({file_.path(), {}, offset}, reason);
  }
  [[noreturn]] void fail_twice(const stored_name& second);

  const input_file& file_;
  std::uint64_t begin_;
  characters read_;
  std::string what_;
  stored_json::tensor_under tensor_;
  std::vector<std::vector<stored_name>> names_;  // of each object that is open; none for an array
  std::vector<std::string> keys_;                // and the last of them
  std::vector<stored_name> own_;                 // of the outermost object
};

bool is_before(const stored_name& a, const stored_name& b) {
  return a.at < b.at;
}

/// The first of these names that was there before; null if none was. They have one hash, and are in
/// the order of the text.
const stored_name* find_second(const input_file& file, const stored_name* first,
                               const stored_name* last) {
  if (last - first == 1) return nullptr;
  std::set<std::string> seen;
  for (; first != last; ++first) {
    if (!seen.insert(stored_json(file).key_at(first->at).name).second) return first;
  }
  return nullptr;
}

void checker::check_names(std::vector<stored_name>& of_object) {
  std::sort(of_object.begin(), of_object.end(), [](const stored_name& a, const stored_name& b) {
    return a.hash != b.hash ? a.hash < b.hash : is_before(a, b);
  });
  const stored_name* second = nullptr;
  const stored_name* const end = of_object.data() + of_object.size();
  for (const stored_name* first = of_object.data(); first != end;) {
    const stored_name* const next =
        std::find_if(first, end, [&](const stored_name& n) { return n.hash != first->hash; });
    const stored_name* const found = find_second(file_, first, next);
    if (found && (!second || is_before(*found, *second))) second = found;
    first = next;
  }
  if (second) fail_twice(*second);
  std::sort(of_object.begin(), of_object.end(), is_before);
}

void checker::fail_twice(const stored_name& second) {
  keys_.back() = stored_json(file_).key_at(second.at).name;
  fail({file_.path(), tensor_(keys_), second.at},
       "the name '" + keys_.back() + "' occurs twice in one object of " + what_);
}

}  // namespace

std::vector<stored_name> stored_json::check(byte_range text, const std::string& what,
                                            tensor_under tensor) const {
  return checker(file_, text, what, tensor).check();
}

}  // namespace f8cast
