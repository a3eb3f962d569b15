// One of the two translation units of the program: the same source, compiled with flags for
// different CPUs.
#pragma once

namespace plain_unit {
bool works();
}
namespace fast_unit {
bool works();
}
