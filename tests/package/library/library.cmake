# A library that takes f8 in can be built, exported and installed, and found from both places.
#
#   cmake -DSOURCE=<f8> -DWORK=<folder> -DGENERATOR=<g> -DCOMPILER=<c++> -DWAY=<add_subdirectory|FetchContent>
#         -DSCOPE=<PUBLIC|PRIVATE|INTERFACE|INSIDE> -DTYPE=<STATIC|SHARED|INTERFACE> -DBESIDE=<ON|OFF>
#         [-DARGUMENTS=<of add_subdirectory>] -P library.cmake
file(REMOVE_RECURSE "${WORK}")
set(build "${WORK}/build")
set(prefix "${WORK}/prefix")

function(run)
  execute_process(COMMAND ${ARGN} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Configures and builds the project in a folder beside this file.
function(make project into)
  run(
    ${CMAKE_COMMAND} -S "${CMAKE_CURRENT_LIST_DIR}/${project}" -B "${into}" -G "${GENERATOR}"
    "-DCMAKE_CXX_COMPILER=${COMPILER}" ${ARGN}
  )
  run(${CMAKE_COMMAND} --build "${into}")
endfunction()

# A program that finds the library as the further arguments say runs.
function(consume name)
  set(sees_f8 ON)
  if(SCOPE MATCHES "^(PRIVATE|INSIDE)$")
    set(sees_f8 OFF)
  endif()
  set(has_code ON)
  if(TYPE STREQUAL "INTERFACE")
    set(has_code OFF)
  endif()
  make(consumer "${WORK}/${name}" -DF8_SEES=${sees_f8} -DHAS_CODE=${has_code} ${ARGN})
  run("${WORK}/${name}/consumer")
endfunction()

set(arguments "")
if(ARGUMENTS)
  set(arguments "-DF8_ARGUMENTS=${ARGUMENTS}")
endif()
make(
  . "${build}" "-DF8_SOURCE=${SOURCE}" -DF8_WAY=${WAY} -DF8_SCOPE=${SCOPE} -DF8_TYPE=${TYPE}
  -DF8_BESIDE=${BESIDE} -DCMAKE_INSTALL_LIBDIR=lib ${arguments}
)
set(f8_build "${build}/f8")
if(WAY STREQUAL "FetchContent")
  set(f8_build "${build}/_deps/f8-build")
endif()
# Without BESIDE, installing the library installs nothing of f8: what the library takes of it comes from f8's own
# package, which is installed next.
run(${CMAKE_COMMAND} --install "${build}" --prefix "${prefix}")
set(f8_of_prefix "")
if(NOT BESIDE)
  file(GLOB_RECURSE unasked "${prefix}/*f8*")
  if(unasked)
    message(FATAL_ERROR "the library's installation brought ${unasked}")
  endif()
  run(${CMAKE_COMMAND} --install "${f8_build}" --prefix "${prefix}.f8" --component f8)
  set(f8_of_prefix "-Df8_ROOT=${prefix}.f8")
endif()
if(SCOPE STREQUAL "INSIDE")
  set(f8_of_prefix "")
else()
  consume(from_build "-Dhalves_DIR=${build}" "-Df8_DIR=${f8_build}")
endif()
consume(from_prefix "-DCMAKE_PREFIX_PATH=${prefix}" ${f8_of_prefix})
