# The headers, one by one, by each compiler there is.

# The table in rooms.sh says which headers may include which.
package_test(rooms sh "${CMAKE_CURRENT_LIST_DIR}/rooms.sh" "${PROJECT_SOURCE_DIR}/include")

# headers_test(<name> <law> <compiler> <flag>...): skipped where the compiler is not installed.
function(headers_test name law compiler)
  find_program(F8_COMPILER_${compiler} ${compiler})
  mark_as_advanced(F8_COMPILER_${compiler})
  if(F8_COMPILER_${compiler})
    package_test(
      headers.${name}.${compiler} sh "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/headers.sh" ${law}
      ${F8_COMPILER_${compiler}} "${PROJECT_SOURCE_DIR}/include" ${ARGN}
    )
  else()
    f8_skipped_test(package.headers.${name}.${compiler} "needs ${compiler}")
  endif()
endfunction()

# The folders of the libraries that include/f8/interop has headers for.
find_path(F8_EIGEN_INCLUDE Eigen/Core PATH_SUFFIXES eigen3)
mark_as_advanced(F8_EIGEN_INCLUDE)
set(other_libraries "")
if(F8_EIGEN_INCLUDE)
  set(other_libraries -isystem "${F8_EIGEN_INCLUDE}")
endif()

headers_test(alone alone g++ -std=c++17)
headers_test(alone alone clang++ -std=c++20 -fno-exceptions -fno-rtti)
headers_test(any_order any_order g++ ${other_libraries})
headers_test(foreign_macros foreign_macros g++ ${other_libraries})
headers_test(no_macro no_macro g++)
headers_test(no_global_name no_global_name clang++) # only Clang can list what a unit declares

if(NOT F8_TEST_LONG)
  return()
endif()

# --- Every compiler, by every standard, library and target -------------------------------------------

set(variant_no_exceptions -std=c++17 -fno-exceptions -fno-rtti)
set(variant_sanitized -std=c++17 -fsanitize=address,undefined)
# Debian has the kernel's headers for 32 bits where only those for 64 are looked for.
set(variant_32_bits -std=c++17 -m32 -isystem /usr/include/x86_64-linux-gnu)
set(variant_cxx17 -std=c++17)
set(variant_cxx20 -std=c++20)
set(variant_cxx23 -std=c++2b)
foreach(standard 17 20 23)
  set(variant_libcxx_cxx${standard} ${variant_cxx${standard}} -stdlib=libc++)
endforeach()

foreach(compiler g++-11 g++-12 clang++-14 clang++-16 clang++-19 clang++-22)
  foreach(variant cxx17 cxx20 cxx23 no_exceptions sanitized 32_bits)
    headers_test(${variant} alone ${compiler} ${variant_${variant}})
  endforeach()
  headers_test(freestanding freestanding ${compiler} -std=c++17)
  headers_test(any_order any_order ${compiler} ${other_libraries})
  headers_test(foreign_macros foreign_macros ${compiler} -std=c++20 ${other_libraries})
  headers_test(no_macro no_macro ${compiler})
endforeach()
foreach(compiler clang++-14 clang++-22)
  headers_test(aarch64 alone ${compiler} -std=c++17 --target=aarch64-linux-gnu)
endforeach()
foreach(compiler clang++-19 clang++-22) # of the libc++ that Debian installs one of, 19
  foreach(variant libcxx_cxx17 libcxx_cxx20 libcxx_cxx23)
    headers_test(${variant} alone ${compiler} ${variant_${variant}})
  endforeach()
endforeach()
headers_test(pairs pairs g++ ${other_libraries})
headers_test(freestanding freestanding arm-none-eabi-g++ -std=c++17 -fno-exceptions)

# --- Every warning that Clang has, but for these -----------------------------------------------------

set(left_out
    c++98-compat c++98-compat-pedantic # C++17 is required
    pre-c++14-compat pre-c++17-compat pre-c++20-compat
    padded # structures are laid out by hand where their size matters
    switch-default switch-enum # each demands what -Wcovered-switch-default forbids
    unsafe-buffer-usage unsafe-buffer-usage-in-libc-call # arrays are the interface
    unused-template unused-member-function unneeded-member-function # a header is not used whole
)
list(TRANSFORM left_out PREPEND -Wno-)
foreach(compiler clang++-19 clang++-22)
  headers_test(
    everything alone ${compiler} -std=c++20 -Weverything ${left_out} -Wno-unknown-warning-option
  )
endforeach()
