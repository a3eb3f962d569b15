// A file that does not outlive the program, should a signal end it.
#pragma once

namespace f8cast {

/// Until it is given another, or null, Ctrl-C and its like remove the file of this name before they
/// end the program. The text has to stay where it is.
void remove_on_interrupt(const char* path);

}  // namespace f8cast
