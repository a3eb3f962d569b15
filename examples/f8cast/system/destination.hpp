// Where an output is to appear, and what it must not be.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <vector>

namespace f8cast {

struct destination {
  std::string path;                ///< links followed: what takes this name replaces no link
  std::optional<struct stat> old;  ///< of what is there
};

/// Throws file_error if there is a link to nothing, what cannot be looked at, or what this user may
/// not write: then it may not be replaced either, though its folder would allow that.
destination resolve(const std::string& path);

/// Throws file_error if the output is one of the inputs, or where this program prints, by whatever
/// paths: links, hard links, other spellings.
void refuse_files_in_use(const std::string& output, const std::vector<std::string>& inputs);

/// Gives a new file or folder the permissions of the one that it is to replace, and its owner and
/// group, as far as the system allows. A group that it cannot give may do what all others may. Says
/// whether that could be done, with errno.
bool take_over_permissions(int descriptor, const struct stat& old);

}  // namespace f8cast
