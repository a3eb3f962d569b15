# The recipes of package managers, run with stand-ins for these.
set(recipes "${PROJECT_SOURCE_DIR}/cmake/packaging")
package_test(
  vcpkg ${CMAKE_COMMAND} -DPORT=${recipes}/vcpkg -DWORK=${CMAKE_CURRENT_BINARY_DIR}/vcpkg
  -DVERSION=${PROJECT_VERSION} -DGENERATOR=${CMAKE_GENERATOR} -DCOMPILER=${CMAKE_CXX_COMPILER}
  -P "${CMAKE_CURRENT_LIST_DIR}/vcpkg.cmake"
)
find_package(Python3 COMPONENTS Interpreter)
if(Python3_Interpreter_FOUND)
  package_test(
    conan "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/conan.py" "${recipes}/conan"
    ${PROJECT_VERSION}
  )
else()
  f8_skipped_test(package.conan "needs python3")
endif()

# The version has one more place, where the preprocessor reads it.
set(config "${PROJECT_SOURCE_DIR}/include/f8/core/config.hpp")
math(EXPR number
     "${PROJECT_VERSION_MAJOR} * 10000 + ${PROJECT_VERSION_MINOR} * 100 + ${PROJECT_VERSION_PATCH}"
)
file(STRINGS "${config}" versions REGEX "^#define F8_VERSION ${number}  // ${PROJECT_VERSION}:")
if(NOT versions)
  message(FATAL_ERROR "F8_VERSION in ${config} is not that of version ${PROJECT_VERSION}")
endif()
