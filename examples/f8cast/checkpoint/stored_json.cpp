#include "checkpoint/stored_json.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "system/error.hpp"

namespace f8cast {
namespace {

using nlohmann::json;

constexpr const char* white_space = " \t\r\n";
constexpr const char* between_members = " \t\r\n,";
constexpr std::uint64_t most_members = 512;  // have no more bytes

// What follows finds where something ends: npos if the text ends before.

constexpr std::size_t npos = std::string_view::npos;

/// Past the quote that ends the string which begins at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return at < text.size() ? at + 1 : npos;
}

/// Past the value that begins at `at`.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  if (text[at] == '"') return end_of_string(text, at);
  if (text[at] != '{' && text[at] != '[') return text.find_first_of(",]} \t\r\n", at);
  for (std::size_t depth = 0; (at = text.find_first_of("{[]}\"", at)) != npos; ++at) {
    if (text[at] == '"') {
      at = end_of_string(text, at);
      if (at == npos) return npos;
      --at;
    } else if (text[at] == '{' || text[at] == '[') {
      ++depth;
    } else if (--depth == 0) {
      return at + 1;
    }
  }
  return npos;
}

/// Where the parts of a member are in a text. None of those that the text does not reach.
struct member_bounds {
  std::size_t name = npos;
  std::size_t end_of_name = npos;
  std::size_t value = npos;
  std::size_t end_of_value = npos;

  /// The text does not end before the value begins.
  bool has_key() const { return value != npos; }
  bool has_value() const { return end_of_value != npos; }
};

/// The member whose name, with what may separate it from the one before, begins at `at`; or the
/// brace that ends the object, as its name.
member_bounds find_member(std::string_view text, std::size_t at) {
  member_bounds m;
  const auto next = [&](const char* skipped, std::size_t from) {
    return from == npos ? npos : text.find_first_not_of(skipped, from);
  };
  m.name = next(between_members, at);
  if (m.name == npos || text[m.name] == '}') return m;
  m.end_of_name = end_of_string(text, m.name);
  const std::size_t colon = next(white_space, m.end_of_name);
  m.value = colon == npos ? npos : next(white_space, colon + 1);
  if (m.value != npos) m.end_of_value = end_of_value(text, m.value);
  return m;
}

std::string_view cut(std::string_view text, std::size_t begin, std::size_t end) {
  return text.substr(begin, end - begin);
}

std::string name_in(std::string_view text, const member_bounds& m) {
  return *string_in(cut(text, m.name, m.end_of_name));
}

/// A part of a file, and the member that was sought there.
struct member_window {
  std::string text;
  member_bounds found;
};

bool begins_with(const member_window& w, char c) {
  return w.found.name != npos && w.text[w.found.name] == c;
}

bool is_at_end(const member_window& w) {
  return begins_with(w, '}');
}

/// Reads as much of the file from `at` on as the member takes that is sought there.
template <class IsEnough>
member_window find_member(const input_file& file, std::uint64_t at, IsEnough is_enough) {
  for (std::uint64_t n = most_members;; n *= 4) {
    const std::uint64_t left = file.size() - std::min(at, file.size());
    member_window w{file.read_text(at, std::min(n, left)), {}};
    w.found = find_member(w.text, 0);
    if (is_enough(w) && (begins_with(w, '"') || is_at_end(w))) return w;
    if (n >= left) fail({file.path(), {}, at}, "has changed while it was read");
  }
}

stored_json::member member_in(const member_window& w, std::uint64_t at) {
  return {name_in(w.text, w.found), std::string(cut(w.text, w.found.value, w.found.end_of_value)),
          at + w.found.name};
}

}  // namespace

stored_json::key stored_json::key_at(std::uint64_t at) const {
  const auto w =
      find_member(file_, at, [](const member_window& tried) { return tried.found.has_key(); });
  return {name_in(w.text, w.found), at + w.found.value};
}

stored_json::member stored_json::member_at(std::uint64_t at) const {
  const auto w =
      find_member(file_, at, [](const member_window& tried) { return tried.found.has_value(); });
  return member_in(w, at);
}

void stored_json::for_each_member(std::uint64_t object,
                                  const std::function<void(const member&)>& visit) const {
  for (std::uint64_t at = object + 1;;) {
    const auto w = find_member(file_, at, [](const member_window& tried) {
      return is_at_end(tried) || tried.found.has_value();
    });
    if (is_at_end(w)) return;
    visit(member_in(w, at));
    at += w.found.end_of_value;
  }
}

bool is_object(std::string_view value) {
  return value.front() == '{';
}

void for_each_member(std::string_view object,
                     const std::function<void(const json_member&)>& visit) {
  for (member_bounds m = find_member(object, 1); m.has_value();
       m = find_member(object, m.end_of_value)) {
    visit({name_in(object, m), cut(object, m.value, m.end_of_value)});
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
