# The single header: made here, twice, and then tested as the tree is. The tests include the tree's names,
# each of which is a header here that includes the single one.

set(single "${CMAKE_CURRENT_BINARY_DIR}/single")
set(single_maker "${PROJECT_SOURCE_DIR}/cmake/single_header.cmake")
file(GLOB_RECURSE single_parts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/f8/*.hpp")
foreach(part ${single_parts})
  file(RELATIVE_PATH part "${PROJECT_SOURCE_DIR}/include" "${part}")
  file(CONFIGURE OUTPUT "${single}/${part}" CONTENT "#include <f8.hpp>\n")
endforeach()
add_custom_command(
  OUTPUT "${single}/f8.hpp"
  COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${single}/f8.hpp" -P "${single_maker}"
  DEPENDS ${single_parts} "${single_maker}" "${PROJECT_SOURCE_DIR}/CMakeLists.txt"
          "${PROJECT_SOURCE_DIR}/LICENSE"
  VERBATIM
)
add_custom_target(f8_single_header ALL DEPENDS "${single}/f8.hpp")

# Made again from another folder, in another locale and under another name, it is the same, and names no place.
package_test(
  single_header.reproducible sh -c
  [[cd / && LC_ALL=C "$1" "-DOUTPUT=$2.again" -P "$3" && cmp "$2" "$2.again" && ! grep -n "$4" "$2"]] sh
  ${CMAKE_COMMAND} "${single}/f8.hpp" "${single_maker}" "${PROJECT_SOURCE_DIR}"
)

# It is all that the consumer's program takes. A second unit includes it after the tree: nothing is
# defined twice.
add_executable(single_header_consumer consumer/main.cpp consumer/second_unit.cpp)
target_link_libraries(single_header_consumer PRIVATE f8_warnings)
target_compile_features(single_header_consumer PRIVATE cxx_std_17)
set_source_files_properties(consumer/main.cpp PROPERTIES INCLUDE_DIRECTORIES "${single}")
set_source_files_properties(
  consumer/second_unit.cpp PROPERTIES INCLUDE_DIRECTORIES "${PROJECT_SOURCE_DIR}/include;${single}"
)
add_dependencies(single_header_consumer f8_single_header)
package_test(single_header.consumer single_header_consumer)

if(F8_TEST_LONG AND "unit" IN_LIST F8_TEST_AREAS AND "reference" IN_LIST F8_TEST_AREAS)
  get_target_property(unit_tests unit_test SOURCES)
  list(TRANSFORM unit_tests PREPEND "${PROJECT_SOURCE_DIR}/tests/unit/")
  f8_test(NAME unit_test_single_header SOURCES ${unit_tests} LIBRARIES f8_reference)
  target_include_directories(unit_test_single_header BEFORE PRIVATE "${single}")
  add_dependencies(unit_test_single_header f8_single_header)
endif()
