# Installs the headers, a CMake package, which find_package(f8) reads, and f8.pc, which pkg-config
# does. All may be moved as a whole: paths in them begin where the file is.
#
# The target is in an export set in any case, or a project that adds f8 and links it could export no
# target of its own. But such a project's `cmake --install` brings its own files and no others,
# unless it sets F8_INSTALL; `cmake --install BUILD --component f8` brings these.
include(CMakePackageConfigHelpers)
if(F8_INSTALL)
  include(GNUInstallDirs)
endif()
# GNUInstallDirs would set variables in a project that may not want them; these are seen here alone.
if(NOT DEFINED CMAKE_INSTALL_INCLUDEDIR)
  set(CMAKE_INSTALL_INCLUDEDIR include)
endif()
if(NOT DEFINED CMAKE_INSTALL_DATADIR)
  set(CMAKE_INSTALL_DATADIR share)
endif()

set(f8_package_dir "${CMAKE_INSTALL_DATADIR}/cmake/f8")
set(f8_component COMPONENT f8)
if(NOT F8_INSTALL)
  list(APPEND f8_component EXCLUDE_FROM_ALL)
endif()

install(
  DIRECTORY "${PROJECT_SOURCE_DIR}/include/f8"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  ${f8_component}
)
install(
  TARGETS f8
  EXPORT f8
  INCLUDES
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
)
# The library needs no other package, so the exported targets are the whole package configuration:
# of what is installed, and of the build tree, for a project that exports its own.
install(
  EXPORT f8
  NAMESPACE f8::
  FILE f8-config.cmake
  DESTINATION "${f8_package_dir}"
  ${f8_component}
)
export(EXPORT f8 NAMESPACE f8:: FILE "${PROJECT_BINARY_DIR}/f8-config.cmake")
# Headers alone: a package made on one architecture serves them all.
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/f8-config-version.cmake"
  COMPATIBILITY SameMinorVersion
  ARCH_INDEPENDENT
)
install(
  FILES "${PROJECT_BINARY_DIR}/f8-config-version.cmake"
  DESTINATION "${f8_package_dir}"
  ${f8_component}
)

set(f8_pkgconfig_dir "${CMAKE_INSTALL_DATADIR}/pkgconfig") # of packages for any architecture
set(f8_any_prefix BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}")
cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_INCLUDEDIR ${f8_any_prefix} OUTPUT_VARIABLE f8_includes)
cmake_path(ABSOLUTE_PATH f8_pkgconfig_dir ${f8_any_prefix} OUTPUT_VARIABLE f8_pc)
file(RELATIVE_PATH f8_includes_from_pc "${f8_pc}" "${f8_includes}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/f8.pc.in" "${PROJECT_BINARY_DIR}/f8.pc" @ONLY)
install(
  FILES "${PROJECT_BINARY_DIR}/f8.pc"
  DESTINATION "${f8_pkgconfig_dir}"
  ${f8_component}
)

# For debuggers: gdb's `source`, and Visual Studio's project or "Visualizers" folder.
install(
  FILES "${PROJECT_SOURCE_DIR}/cmake/f8_gdb.py" "${PROJECT_SOURCE_DIR}/cmake/f8.natvis"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/f8"
  ${f8_component}
)
