# What the README shows is what is there: its first example is examples/quickstart.cpp to the letter, in
# sight without scrolling, and its two command lines stand alone in their blocks.
include("${CMAKE_CURRENT_LIST_DIR}/readme_block.cmake")
set(readme "${SOURCE}/README.md")

readme_block("${readme}" "```cpp\n" example)
file(READ "${SOURCE}/examples/quickstart.cpp" quickstart)
if(NOT example STREQUAL quickstart)
  message(FATAL_ERROR "README.md's first example is not examples/quickstart.cpp")
endif()

file(READ "${readme}" text)
string(FIND "${text}" "```cpp\n" start)
string(SUBSTRING "${text}" 0 ${start} above)
string(REGEX MATCHALL "\n" lines_above "${above}")
list(LENGTH lines_above lines_above)
if(lines_above GREATER 14)
  message(FATAL_ERROR "README.md's first example begins below line 15")
endif()

foreach(heading "## Run it\n" "## Test it\n")
  readme_block("${readme}" "${heading}" command)
  if(NOT command MATCHES "^[^\n]+\n$")
    message(FATAL_ERROR "the command under '${heading}' is not one line")
  endif()
endforeach()
