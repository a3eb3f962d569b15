#include "scales/companions.hpp"

#include <algorithm>
#include <iterator>

namespace f8cast {
namespace {

constexpr std::string_view weight_ending = ".weight";
constexpr std::string_view description_ending = ".comfy_quant";

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

/// What is behind the last dot.
std::string_view behind_last_dot(std::string_view name) {
  return name.substr(name.rfind('.') + 1);
}

/// Of ASCII alone: the C library's function depends on the locale, and takes most of the time where
/// names are long.
char in_small_letter(char c) {
  return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// What is behind the last dot, in small letters.
std::string last_part(std::string_view name) {
  std::string part(behind_last_dot(name));
  std::transform(part.begin(), part.end(), part.begin(), in_small_letter);
  return part;
}

/// "weight", "scale" and "inv" of weight_scale_inv.
std::vector<std::string> words_of(const std::string& part) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin <= part.size();) {
    const std::size_t end = std::min(part.find('_', begin), part.size());
    if (end > begin) words.push_back(part.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

/// Names that bitsandbytes, GPTQ, AWQ and ModelOpt give to what their codes are decoded with.
constexpr std::string_view other_decoding[] = {"zero_point", "qzeros", "quant_map", "quant_state"};

bool mentions_other_decoding(const std::string& part) {
  return part == "scb" || ends_with(part, "absmax") || ends_with(part, "amax") ||
         std::any_of(std::begin(other_decoding), std::end(other_decoding),
                     [&](std::string_view name) { return part.find(name) != std::string::npos; });
}

constexpr std::string_view decoding_of_integers[] = {"biases", "zero", "zeros"};

/// What says only how something is scaled, not what.
constexpr std::string_view ways[] = {"scale", "scales", "inv",   "global", "zero",
                                     "point", "pre",    "quant", "ub",     "2"};
constexpr std::string_view activations[] = {
    "input", "output", "in",   "out",     "k",     "v",   "q",    "kv",
    "qk",    "qkv",    "prob", "softmax", "logit", "act", "bias", "activation"};
/// What engines keep scales of.
constexpr std::string_view scaled_things[] = {"weight", "input", "output", "k",   "v",
                                              "q",      "kv",    "qkv",    "act", "activation",
                                              "prob",   "bias",  "global"};

}  // namespace

std::string layer_of(const std::string& name) {
  return ends_with(name, weight_ending) ? name.substr(0, name.size() - weight_ending.size()) : name;
}

std::vector<std::string> names_of_scales(const std::string& codes) {
  std::vector<std::string> names{codes + "_scale_inv", codes + "_scale"};
  if (!ends_with(codes, weight_ending)) return names;
  names.push_back(layer_of(codes) + ".scale");
  names.push_back(layer_of(codes) + ".scale_weight");
  return names;
}

std::vector<possible_owner> possible_owners(const std::string& name) {
  constexpr std::string_view endings[] = {
      "",         weight_ending, "_packed",   "_blocks", "_qdata",  ":qdata",       "._data",
      ".qweight", ".W_q",        ".q_weight", ".kernel", "_weight", ".weight_int8", ".codes"};
  constexpr std::size_t most = 16;  // places where a name may end
  const auto dot = name.rfind('.');
  const std::size_t least = dot == std::string::npos ? 1 : std::max<std::size_t>(dot, 1);
  std::vector<possible_owner> result;
  for (std::size_t i = name.size(); i-- > least && result.size() < most * std::size(endings);) {
    if (name[i] != '.' && name[i] != '_' && name[i] != ':') continue;
    for (const std::string_view ending : endings) {
      result.push_back({name.substr(0, i).append(ending), name.substr(i + 1)});
    }
  }
  if (dot == std::string::npos) result.push_back({"weight", name});
  return result;
}

bool mentions_scales(std::string_view name) {
  const std::string part = last_part(name);
  return part.find("scale") != std::string::npos || part.find("scaling") != std::string::npos ||
         mentions_other_decoding(part) || contains(decoding_of_integers, part);
}

bool decodes_integers(std::string_view name) {
  return contains(decoding_of_integers, last_part(name));
}

bool scales_activations(std::string_view addition) {
  const std::vector<std::string> words = words_of(last_part(addition));
  const bool all_known = std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return contains(ways, word) || contains(activations, word);
  });
  return all_known && std::any_of(words.begin(), words.end(), [](const std::string& word) {
           return contains(activations, word);
         });
}

bool is_engines_number(std::string_view name) {
  constexpr std::string_view whole_names[] = {"scales", "scale_weight", "scale_input",
                                              "scale_output"};
  const std::string part = last_part(name);
  if (contains(whole_names, part) || mentions_other_decoding(part)) return true;
  const std::vector<std::string> words = words_of(part);
  const auto is_scale = [](const std::string& word) { return word == "scale" || word == "scales"; };
  const auto behind = std::find_if(words.rbegin(), words.rend(), is_scale).base();
  if (behind - words.begin() < 2) return false;
  const std::string& what = *(behind - 2);
  if (behind == words.end()) return contains(scaled_things, what);
  const bool is_second = behind + 1 == words.end() && (*behind == "2" || *behind == "inv");
  return is_second && what != "layer";  // layer_scale_2 is a network's own
}

bool names_packed_codes(std::string_view name) {
  return ends_with(name, "_packed") || ends_with(name, ".qweight");
}

bool is_file_marker(std::string_view name) {
  constexpr std::string_view marker = "scaled_fp8";
  return behind_last_dot(name).size() == marker.size() && last_part(name) == marker;
}

std::string name_of_description(const std::string& codes) {
  return layer_of(codes).append(description_ending);
}

std::string described_layer(std::string_view name) {
  if (!ends_with(name, description_ending)) return "";
  return std::string(name.substr(0, name.size() - description_ending.size()));
}

}  // namespace f8cast
