// Reads the tables that other implementations left here; README.md says what is in each.
#pragma once

#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>

#include "reference/runs.hpp"

namespace golden {

/// The rows of a table in its order: an input's bits and the code, or float bits, that it gives.
inline reference::run_table load(const std::string& name) {
  std::ifstream file(std::string(F8_GOLDEN_DIR) + '/' + name + ".csv");
  if (!file) throw std::runtime_error("golden table not found: " + name);
  reference::run_table rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t comma = line.find(',');
    if (comma == std::string::npos)
      throw std::runtime_error("golden table " + name + ": bad row " + line);
    rows.push_back({std::stoull(line.substr(0, comma), nullptr, 16),
                    std::stoull(line.substr(comma + 1), nullptr, 16)});
  }
  if (rows.empty()) throw std::runtime_error("golden table is empty: " + name);
  return rows;
}

/// The same table with every NaN code made the quiet one of its sign.
inline reference::run_table with_quiet_nans(const reference::run_table& table,
                                            const reference::format& f) {
  reference::run_table result;
  for (reference::run row : table) {
    if (reference::is_nan(f, row.code)) {
      row.code =
          reference::encode_nan(f, reference::is_negative(f, row.code), reference::nan_code::quiet);
    }
    if (result.empty() || result.back().code != row.code) result.push_back(row);
  }
  return result;
}

}  // namespace golden
