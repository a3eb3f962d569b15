# Installs the build tree BUILD, moves what was installed to PREFIX, and checks that every header is
# there and that no file names the place it came from.
set(first_prefix "${PREFIX}.first")
file(REMOVE_RECURSE "${PREFIX}" "${first_prefix}")
execute_process(
  COMMAND ${CMAKE_COMMAND} --install "${BUILD}" --prefix "${first_prefix}" COMMAND_ERROR_IS_FATAL ANY
)
file(RENAME "${first_prefix}" "${PREFIX}")

file(GLOB_RECURSE files "${PREFIX}/include/*" "${PREFIX}/share/*")
if(NOT files)
  message(FATAL_ERROR "nothing was installed in ${PREFIX}")
endif()
file(GLOB_RECURSE headers RELATIVE "${SOURCE}/include" "${SOURCE}/include/*")
foreach(header ${headers})
  if(NOT EXISTS "${PREFIX}/include/${header}")
    message(FATAL_ERROR "${header} was not installed")
  endif()
endforeach()
foreach(file ${files})
  file(READ "${file}" text)
  foreach(place "${first_prefix}" "${BUILD}" "${SOURCE}")
    # The place counts as named where it is a path from the root or stands behind a flag. /f8, say, might
    # be such a place, and is also the end of paths in the package.
    string(REGEX REPLACE "([][+.*()^$?|\\])" "\\\\\\1" pattern "${place}")
    if(text MATCHES "(^|-[IL]|[^A-Za-z0-9_.}/-])${pattern}")
      message(FATAL_ERROR "${file} names ${place}")
    endif()
  endforeach()
endforeach()
