# The same tests on emulated CPUs: NEON, and AVX2 without AVX-512. They take fewer inputs there.
find_program(F8_QEMU_X86_64 qemu-x86_64)
find_program(F8_QEMU_AARCH64 qemu-aarch64)
find_program(F8_AARCH64_CXX aarch64-linux-gnu-g++)
find_path(F8_GTEST_SOURCE src/gtest-all.cc PATHS /usr/src/googletest/googletest /usr/src/gtest)
mark_as_advanced(F8_QEMU_X86_64 F8_QEMU_AARCH64 F8_AARCH64_CXX F8_GTEST_SOURCE)

# f8_emulated_test(<name> <tests to leave out> <command>...)
function(f8_emulated_test name left_out)
  add_test(NAME ${name} COMMAND ${ARGN} "--gtest_filter=-*LargeArrays*:*DeathTest*:${sweeps}:${long_sweeps}:${left_out}")
  set_tests_properties(${name} PROPERTIES ENVIRONMENT F8_EMULATED=1 TIMEOUT 600)
endfunction()

# -------------------------------------------------------------------------------------------- AVX2
# The tests of every state of the floating-point unit convert a part of all inputs; the others are long.
set(f8_emulated_tests encode state)
if(F8_TEST_LONG)
  list(APPEND f8_emulated_tests decode scale arithmetic)
endif()

foreach(test ${f8_emulated_tests})
  if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    break()
  elseif(F8_QEMU_X86_64)
    # The emulator's masked loads read what is masked out: protected pages show nothing there. And its
    # VCVTPS2PH flushes subnormal results, where a CPU's ignores FTZ.
    f8_emulated_test(
      kernels_${test}_on_haswell *NothingIsTouched*:*DequantizeToFloat16 "${F8_QEMU_X86_64}" -cpu Haswell-noTSX $<TARGET_FILE:kernels_${test}>
    )
  else()
    f8_skipped_test(kernels_${test}_on_haswell "needs qemu-x86_64 (Debian: qemu-user)")
  endif()
endforeach()

# -------------------------------------------------------------------------------------------- NEON
option(F8_TEST_NEON "Build the tests of NEON kernels, by a compiler of their own" ON)
mark_as_advanced(F8_TEST_NEON)
if(NOT F8_TEST_NEON)
  return()
elseif(NOT F8_QEMU_AARCH64 OR NOT F8_AARCH64_CXX OR NOT F8_GTEST_SOURCE)
  f8_skipped_test(
    kernels_neon
    "needs qemu-aarch64, aarch64-linux-gnu-g++ and GoogleTest's source (Debian: qemu-user, g++-aarch64-linux-gnu, googletest)"
  )
  return()
endif()

set(neon_objects "")
function(f8_neon_object source)
  get_filename_component(name "${source}" NAME_WE)
  set(object "${CMAKE_CURRENT_BINARY_DIR}/neon/${name}.o")
  add_custom_command(
    OUTPUT "${object}"
    COMMAND
      "${F8_AARCH64_CXX}" -std=c++17 -O2 ${ARGN} "-I${PROJECT_SOURCE_DIR}/include"
      "-I${PROJECT_SOURCE_DIR}/tests" -isystem "${F8_GTEST_SOURCE}/include" -isystem
      "${F8_GTEST_SOURCE}" -MD -MF "${object}.d" -c "${source}" -o "${object}"
    DEPENDS "${source}"
    DEPFILE "${object}.d"
    COMMENT "Building ${name} for aarch64"
    VERBATIM
  )
  set(neon_objects ${neon_objects} "${object}" PARENT_SCOPE)
endfunction()

file(MAKE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/neon")
f8_neon_object("${F8_GTEST_SOURCE}/src/gtest-all.cc" -O0)
f8_neon_object("${F8_GTEST_SOURCE}/src/gtest_main.cc" -O0)
set(tests ${f8_brief_tests} ${f8_state_tests})
if(F8_TEST_LONG)
  list(APPEND tests decode half stochastic biases bounds scale arithmetic)
endif()
list(TRANSFORM tests REPLACE ".+" "#include \"${CMAKE_CURRENT_SOURCE_DIR}/\\0_test.cpp\"\n" OUTPUT_VARIABLE includes)
list(JOIN includes "" includes)
file(CONFIGURE OUTPUT neon/tests.cpp CONTENT "${includes}")
f8_neon_object(
  "${CMAKE_CURRENT_BINARY_DIR}/neon/tests.cpp" -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
    -DF8_TEST_LONG=$<BOOL:${F8_TEST_LONG}>
)
foreach(source describe runs sums)
  f8_neon_object("${PROJECT_SOURCE_DIR}/tests/reference/${source}.cpp")
endforeach()
set(neon_program "${CMAKE_CURRENT_BINARY_DIR}/neon/kernels")
add_custom_command(
  OUTPUT "${neon_program}"
  COMMAND "${F8_AARCH64_CXX}" -static ${neon_objects} -o "${neon_program}"
  DEPENDS ${neon_objects}
  VERBATIM
)
add_custom_target(kernels_neon ALL DEPENDS "${neon_program}")
f8_emulated_test(kernels_neon "" "${F8_QEMU_AARCH64}" "${neon_program}")
