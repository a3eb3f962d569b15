# Installs the headers and a relocatable CMake package, which find_package(f8) reads.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(f8_package_dir "${CMAKE_INSTALL_DATADIR}/cmake/f8")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/f8" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(
  TARGETS f8
  EXPORT f8
  INCLUDES
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
)
# The library needs no other package, so the exported targets are the whole package configuration.
install(
  EXPORT f8
  NAMESPACE f8::
  FILE f8-config.cmake
  DESTINATION "${f8_package_dir}"
)
# Headers alone: a package made on one architecture serves them all.
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/f8-config-version.cmake"
  COMPATIBILITY SameMinorVersion
  ARCH_INDEPENDENT
)
install(FILES "${PROJECT_BINARY_DIR}/f8-config-version.cmake" DESTINATION "${f8_package_dir}")

# For debuggers: gdb's `source`, and Visual Studio's project or "Visualizers" folder.
install(FILES cmake/f8_gdb.py cmake/f8.natvis DESTINATION "${CMAKE_INSTALL_DATADIR}/f8")
