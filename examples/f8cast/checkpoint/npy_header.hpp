// The header of a .npy file: a Python dictionary, {'descr': '<f4', 'fortran_order': False, 'shape':
// (2, 3), }.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "system/error.hpp"

namespace f8cast {

struct npy_header {
  std::string descr;
  bool fortran_order = false;
  std::vector<std::uint64_t> shape;
};

/// `where` is the text's place in its file. Throws file_error unless the dictionary has these
/// entries, each once.
npy_header parse_npy_header(const std::string& text, const place& where);

}  // namespace f8cast
