# Makes one header of the library's, for a project that wants to take in a single file.
#
#   cmake [-DHEADERS=<name>...] -DOUTPUT=<file> -P cmake/single_header.cmake
#
# HEADERS are of include/f8 (f8.hpp;convert.hpp), all of them where none is named. Each header is
# written out where it is first included. Those without a guard are text that is meant to be
# repeated, and are written out each time; but what opens and closes the library's macros is so once,
# around the whole. Guards stay, so that the file and the tree count as one in a translation unit
# that includes both. The output depends on the sources alone.
cmake_minimum_required(VERSION 3.21)

if(NOT OUTPUT)
  message(FATAL_ERROR "usage: cmake [-DHEADERS=<name>...] -DOUTPUT=<file> -P single_header.cmake")
endif()
get_filename_component(root "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
set(include "${root}/include/f8")
set(opening core/config.hpp kernels/region.hpp)
set(closing kernels/region_end.hpp core/undef.hpp)

function(append text)
  set_property(GLOBAL APPEND_STRING PROPERTY f8_text "${text}")
endfunction()

# The balance of #if and #endif in `text`, added to the variable `sum`.
function(count_conditions text sum)
  string(REGEX MATCHALL "\n#if" opened "\n${text}")
  string(REGEX MATCHALL "\n#endif" closed "\n${text}")
  list(LENGTH opened opened)
  list(LENGTH closed closed)
  math(EXPR balance "${${sum}} + ${opened} - ${closed}")
  set(${sum} ${balance} PARENT_SCOPE)
endfunction()

# Appends the header `name`, a path in include/f8, and before that what it includes. `conditions` is
# how many #if are open where it is included, the includer's guard aside.
function(write_out name conditions)
  get_property(written GLOBAL PROPERTY f8_written)
  if(name IN_LIST written)
    return()
  endif()
  if(NOT EXISTS "${include}/${name}")
    message(FATAL_ERROR "no header ${name} in ${include}")
  endif()
  file(READ "${include}/${name}" rest)
  string(REGEX REPLACE "^// " "// ${name}: " rest "${rest}")
  get_filename_component(folder "${include}/${name}" DIRECTORY)

  set(depth 0)
  if(rest MATCHES "\n#ifndef F8_[A-Z0-9_]+_HPP\n")
    set(depth -1)
    set_property(GLOBAL APPEND PROPERTY f8_written "${name}")
    if(conditions GREATER 0)
      message(FATAL_ERROR "${name} is included on a condition, which its guard would outlive")
    endif()
  endif()

  while(rest MATCHES "(^|\n)#include \"([^\"\n]+)\"[^\n]*\n")
    set(line "${CMAKE_MATCH_0}")
    get_filename_component(included "${folder}/${CMAKE_MATCH_2}" ABSOLUTE)
    file(RELATIVE_PATH included "${include}" "${included}")

    string(FIND "${rest}" "${line}" position)
    string(SUBSTRING "${rest}" 0 ${position} before)
    string(LENGTH "${line}" length)
    math(EXPR position "${position} + ${length}")
    string(SUBSTRING "${rest}" ${position} -1 rest)

    append("${before}\n")
    count_conditions("${before}" depth)
    write_out("${included}" ${depth})
  endwhile()
  append("${rest}")
endfunction()

if(NOT HEADERS)
  file(GLOB HEADERS RELATIVE "${include}" "${include}/*.hpp")
endif()
list(SORT HEADERS)
file(STRINGS "${root}/CMakeLists.txt" version REGEX "^  VERSION ")
string(REGEX MATCH "[0-9.]+" version "${version}")
file(READ "${root}/LICENSE" license)
string(REGEX REPLACE "\n$" "" license "${license}")
string(REPLACE "\n" "\n// " license "${license}")
string(REPLACE "// \n" "//\n" license "${license}")
append("// f8 ${version}, in one file, made by cmake/single_header.cmake.\n//\n// ${license}\n")
append("#ifndef F8_HPP\n#define F8_HPP\n")
set_property(GLOBAL PROPERTY f8_written "")
foreach(name ${opening})
  write_out(${name} 0)
endforeach()
set_property(GLOBAL PROPERTY f8_written ${opening} ${closing})
foreach(name ${HEADERS})
  write_out(${name} 0)
endforeach()
set_property(GLOBAL PROPERTY f8_written "")
foreach(name ${closing})
  write_out(${name} 0)
endforeach()
append("\n#endif\n")

get_property(text GLOBAL PROPERTY f8_text)
string(REGEX REPLACE "\n\n\n+" "\n\n" text "${text}")
file(WRITE "${OUTPUT}.new" "${text}")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
