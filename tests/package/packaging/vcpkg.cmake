# Runs the vcpkg port with this file's functions in the place of vcpkg's, which chooses the generator and the compiler.
#
#   cmake -DPORT=<folder> -DWORK=<folder> -DVERSION=<version> -DGENERATOR=<generator> -DCOMPILER=<file> -P vcpkg.cmake
file(REMOVE_RECURSE "${WORK}")
set(CURRENT_PACKAGES_DIR "${WORK}/package")
set(PORT_NAME f8)

function(vcpkg_cmake_configure)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "SOURCE_PATH" "OPTIONS")
  execute_process(
    COMMAND ${CMAKE_COMMAND} -S "${arg_SOURCE_PATH}" -B "${WORK}/build" ${arg_OPTIONS}
            -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
            "-DCMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR}" COMMAND_ERROR_IS_FATAL ANY
    OUTPUT_QUIET
  )
endfunction()

function(vcpkg_cmake_install)
  execute_process(
    COMMAND ${CMAKE_COMMAND} --install "${WORK}/build" COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET
  )
endfunction()

function(vcpkg_cmake_config_fixup)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "CONFIG_PATH" "")
  set(from "${CURRENT_PACKAGES_DIR}/${arg_CONFIG_PATH}")
  file(COPY "${from}/" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT_NAME}") # which may be there
  file(REMOVE_RECURSE "${from}")
endfunction()

function(vcpkg_fixup_pkgconfig)
endfunction()

function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "FILE_LIST")
  configure_file(
    "${arg_FILE_LIST}" "${CURRENT_PACKAGES_DIR}/share/${PORT_NAME}/copyright" COPYONLY
  )
endfunction()

include("${PORT}/portfile.cmake")

foreach(file include/f8/f8.hpp share/f8/f8-config.cmake share/f8/copyright share/pkgconfig/f8.pc)
  if(NOT EXISTS "${CURRENT_PACKAGES_DIR}/${file}")
    message(FATAL_ERROR "the port installed no ${file}")
  endif()
endforeach()

file(READ "${PORT}/vcpkg.json" manifest)
foreach(field name version description license)
  string(JSON ${field} GET "${manifest}" ${field})
endforeach()
string(JSON dependencies LENGTH "${manifest}" dependencies)
if(NOT name STREQUAL PORT_NAME OR NOT version STREQUAL VERSION OR NOT dependencies EQUAL 2)
  message(FATAL_ERROR "vcpkg.json says ${name} ${version}, not ${PORT_NAME} ${VERSION}")
endif()
