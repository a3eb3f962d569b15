// Work shared by two threads: as much as keeps a disk busy.
#pragma once

#include <cstddef>
#include <functional>

namespace f8cast {

/// Calls work(i) for each i < n, two at a time, in any order. Throws what one of them threw, once
/// none is running. Signals are left to the thread that calls.
void in_parallel(std::size_t n, const std::function<void(std::size_t)>& work);

}  // namespace f8cast
