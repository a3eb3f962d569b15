// What a file is, as its first bytes and its suffix say.
#pragma once

#include <cstdint>
#include <string>

#include "system/input_file.hpp"

namespace f8cast {

/// What f8cast reads.
enum class file_kind : std::uint8_t { safetensors, npy, index };

/// Throws file_error if the file is known to be something else, and says what: otherwise the first
/// bytes of an archive would be the length of a header, of 85 GB. Says nothing of a file that may
/// be `expected`, however broken.
void refuse_other_kinds(const input_file& file, file_kind expected);

/// Throws file_error unless a safetensors file may be called so: its suffix is .safetensors, or it
/// has none.
void check_name_of_output_file(const std::string& path);
/// The same of a folder of them: its name may not be one for a file, of whatever kind.
void check_name_of_output_folder(const std::string& path);
void check_name_of_plot(const std::string& path);

}  // namespace f8cast
