# Several copies of f8 in one program, which is what a program becomes whose libraries use it.

function(copies_test law compiler)
  package_test(
    copies.${law} sh "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/copies.sh" ${law} ${compiler}
    "${PROJECT_SOURCE_DIR}/include" "${single}/f8.hpp"
  )
endfunction()

copies_test(versions ${CMAKE_CXX_COMPILER})
if(F8_TEST_LONG)
  copies_test(program ${CMAKE_CXX_COMPILER})
  copies_test(one_unit ${CMAKE_CXX_COMPILER})
  # GCC 12 forgets to initialize what a global module fragment defines.
  find_program(F8_CLANGXX_19 clang++-19)
  mark_as_advanced(F8_CLANGXX_19)
  if(F8_CLANGXX_19)
    copies_test(module ${F8_CLANGXX_19})
  else()
    f8_skipped_test(package.copies.module "needs clang++-19 (Debian: clang-19)")
  endif()
endif()
