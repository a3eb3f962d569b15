# cmake --build <folder> --target docs: the documentation of every declaration, in <folder>/docs/html.
find_program(F8_DOXYGEN doxygen)
mark_as_advanced(F8_DOXYGEN)
if(F8_DOXYGEN)
  configure_file("${CMAKE_CURRENT_LIST_DIR}/Doxyfile.in" "${PROJECT_BINARY_DIR}/Doxyfile" @ONLY)
  add_custom_target(docs COMMAND "${F8_DOXYGEN}" "${PROJECT_BINARY_DIR}/Doxyfile" VERBATIM)
endif()
