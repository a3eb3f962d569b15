// Work shared by two threads: as much as keeps a disk busy.
#pragma once

#include <functional>

namespace f8cast {

/// Calls work(), two at a time, until it returns false. Throws what one of them threw, once none is
/// running. Signals are left to the thread that calls.
void in_parallel(const std::function<bool()>& work);

}  // namespace f8cast
