# The kernels that F8_UNTESTED_ISA asks for: compiled for CPUs that could not be had, and run where an
# emulator has their instructions. On such a CPU all other tests are theirs too, if they are built with
# -DCMAKE_CXX_FLAGS=-DF8_UNTESTED_ISA=1.
find_program(F8_CLANG_22 clang++-22)
mark_as_advanced(F8_CLANG_22)
set(untested_isa "${CMAKE_CURRENT_LIST_DIR}/untested_isa.sh")
set(arm --target=aarch64-linux-gnu)

# f8_untested_isa_test(<name> <law> <argument>...)
function(f8_untested_isa_test name law)
  if(F8_CLANG_22)
    add_test(NAME ${name} COMMAND sh "${untested_isa}" ${law} "${F8_CLANG_22}" "${PROJECT_SOURCE_DIR}" ${ARGN})
    set_tests_properties(${name} PROPERTIES TIMEOUT 1200)
  else()
    f8_skipped_test(${name} "needs clang++-22 (Debian: clang-22)")
  endif()
endfunction()

f8_untested_isa_test(
  kernels_avx10_2_compiled compiled "vcvtph2hf8 vcvtph2hf8s vcvtph2bf8 vcvtph2bf8s"
)
f8_untested_isa_test(kernels_neon_fp8_compiled compiled "fcvtn fcvtn2 FPMR" ${arm})

find_program(F8_QEMU_AARCH64 qemu-aarch64)
find_path(F8_GTEST_SOURCE src/gtest-all.cc PATHS /usr/src/googletest/googletest /usr/src/gtest)
mark_as_advanced(F8_QEMU_AARCH64 F8_GTEST_SOURCE)
set(version 0)
if(F8_QEMU_AARCH64)
  execute_process(COMMAND "${F8_QEMU_AARCH64}" --version OUTPUT_VARIABLE version)
  string(REGEX MATCH "[0-9]+\\.[0-9]+" version "${version}")
endif()
if(version VERSION_LESS 11.1 OR NOT F8_GTEST_SOURCE)
  f8_skipped_test(kernels_neon_fp8 "needs qemu-aarch64, 11.1 or later, and GoogleTest's source")
else()
  f8_untested_isa_test(
    kernels_neon_fp8 emulated "${F8_QEMU_AARCH64} -cpu max" "${F8_GTEST_SOURCE}" ${arm}
  )
endif()
