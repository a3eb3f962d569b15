#include "checkpoint/npy_header.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace f8cast {
namespace {

/// Reads as much of Python as the three entries take.
class parser {
 public:
  parser(const std::string& text, place where) : text_(text), where_(std::move(where)) {}

  npy_header parse() {
    expect('{');
    parse_list('}', [this] { parse_entry(); });
    skip_spaces();
    if (at_ != text_.size()) fail_here("more than a dictionary");
    if (seen_.size() != 3) fail_here("descr, fortran_order or shape is missing");
    return result_;
  }

 private:
  void parse_entry() {
    const std::string key = parse_string();
    if (!seen_.insert(key).second) fail_here("'" + key + "' occurs twice");
    expect(':');
    if (key == "descr") {
      result_.descr = parse_string();
    } else if (key == "fortran_order") {
      result_.fortran_order = parse_bool();
    } else if (key == "shape") {
      expect('(');
      parse_list(')', [this] { result_.shape.push_back(parse_number()); });
    } else {
      fail_here("unknown key '" + key + "'");
    }
  }

  /// What stands before `close`, between commas; Python allows one more comma at the end.
  template <class Parse>
  void parse_list(char close, Parse parse_element) {
    while (!accept(close)) {
      parse_element();
      if (accept(',')) continue;
      expect(close);
      break;
    }
  }

  std::string parse_string() {
    const char quote = accept('"') ? '"' : '\'';
    if (quote == '\'') expect(quote);
    const auto end = text_.find(quote, at_);
    if (end == std::string::npos) fail_here("a string that does not end");
    std::string value = text_.substr(at_, end - at_);
    at_ = end + 1;
    return value;
  }

  bool parse_bool() {
    if (accept("True")) return true;
    if (accept("False")) return false;
    fail_here("neither True nor False");
  }

  std::uint64_t parse_number() {
    constexpr std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
    skip_spaces();
    const std::size_t begin = at_;
    std::uint64_t number = 0;
    for (; at_ < text_.size() && '0' <= text_[at_] && text_[at_] <= '9'; ++at_) {
      const auto digit = static_cast<std::uint64_t>(text_[at_] - '0');
      if (number > (max - digit) / 10) fail_here("a number of 2^64 or more");
      number = 10 * number + digit;
    }
    if (at_ == begin) fail_here("no number from 0 on");
    accept('L');  // as Python 2 wrote long integers
    return number;
  }

  void skip_spaces() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  bool accept(const std::string& token) {
    skip_spaces();
    if (text_.compare(at_, token.size(), token) != 0) return false;
    at_ += token.size();
    return true;
  }
  bool accept(char token) { return accept(std::string(1, token)); }

  void expect(char token) {
    if (!accept(token)) fail_here(std::string("no ") + token);
  }

  [[noreturn]] void fail_here(const std::string& reason) const {
    fail({where_.file, where_.tensor, where_.offset.value_or(0) + at_},
         "the header is not valid: " + reason + " here");
  }

  const std::string& text_;
  place where_;
  std::size_t at_ = 0;
  std::set<std::string> seen_;
  npy_header result_;
};

}  // namespace

npy_header parse_npy_header(const std::string& text, const place& where) {
  return parser(text, where).parse();
}

}  // namespace f8cast
