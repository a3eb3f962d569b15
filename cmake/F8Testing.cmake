# What our own programs share: warnings as errors, and one way to declare a test.
include_guard(GLOBAL)

# The warnings under which all our own code is clean, with GCC and with Clang.
add_library(f8_warnings INTERFACE)
target_compile_options(
  f8_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
)

set(F8_TEST_STANDARD 17 CACHE STRING "The C++ standard of the tests")

# f8_test_program(NAME <target> SOURCES <file>... [LIBRARIES <target>...] [OPTIONS <flag>...]
#                 [DEFINITIONS <name[=value]>...] [STANDARD <17|20|23>] [UNITY <files>])
#
# One GoogleTest program. With UNITY so many of its files, all if 0, are compiled as one, since reading the headers and
# instantiating what they share takes most of the time. That each can be compiled alone is seen with F8_TEST_LONG.
function(f8_test_program)
  cmake_parse_arguments(
    PARSE_ARGV 0 arg "" "NAME;STANDARD;UNITY" "SOURCES;LIBRARIES;OPTIONS;DEFINITIONS"
  )
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_NAME OR NOT arg_SOURCES)
    message(FATAL_ERROR "f8_test_program(${arg_NAME}): cannot read '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT arg_STANDARD)
    set(arg_STANDARD ${F8_TEST_STANDARD})
  endif()

  add_executable(${arg_NAME} ${arg_SOURCES})
  target_link_libraries(${arg_NAME} PRIVATE f8::f8 f8_warnings ${arg_LIBRARIES} GTest::gtest_main)
  target_compile_options(${arg_NAME} PRIVATE ${arg_OPTIONS})
  target_compile_definitions(${arg_NAME} PRIVATE ${arg_DEFINITIONS})
  list(LENGTH arg_SOURCES files)
  if(DEFINED arg_UNITY AND NOT F8_TEST_LONG)
    set_target_properties(${arg_NAME} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${arg_UNITY})
  elseif(files GREATER 3) # what reading GoogleTest's header once costs, and no more
    target_precompile_headers(${arg_NAME} PRIVATE <gtest/gtest.h>)
  endif()
  set_target_properties(
    ${arg_NAME} PROPERTIES CXX_STANDARD ${arg_STANDARD} CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
  )
endfunction()

# f8_test(NAME <target> <argument of f8_test_program>... [LABELS <label>...] [ARGUMENTS <argument>...]
#         [TIMEOUT <seconds>])
#
# A program, and one CTest test of the same name that runs it. A program that labels only a part of
# its tests declares the rest by add_test() with a --gtest_filter.
function(f8_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;TIMEOUT" "LABELS;ARGUMENTS")
  f8_test_program(NAME ${arg_NAME} ${arg_UNPARSED_ARGUMENTS})
  add_test(NAME ${arg_NAME} COMMAND ${arg_NAME} ${arg_ARGUMENTS})
  if(arg_LABELS)
    set_tests_properties(${arg_NAME} PROPERTIES LABELS "${arg_LABELS}")
  endif()
  if(arg_TIMEOUT)
    set_tests_properties(${arg_NAME} PROPERTIES TIMEOUT ${arg_TIMEOUT})
  endif()
endfunction()

# A test that cannot be made here, for want of what `reason` says.
function(f8_skipped_test name reason)
  message(STATUS "${name} will be skipped: it ${reason}") # CTest says that it was, not why
  add_test(NAME ${name} COMMAND "${CMAKE_COMMAND}" -E echo "skipped: ${reason}")
  set_tests_properties(${name} PROPERTIES SKIP_REGULAR_EXPRESSION "skipped: ")
endfunction()
