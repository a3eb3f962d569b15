# Programs of two translation units that were built for different CPUs. The linker keeps the first
# of two functions of one name; were any merged, one of the orders would run the wrong one.

find_program(F8_NM nm)
mark_as_advanced(F8_NM)

# f8_mixed_program(<name> <flags of both> <flags of the unit for the faster CPU>)
function(f8_mixed_program name flags fast_flags)
  foreach(unit plain fast)
    add_library(${name}_${unit} OBJECT mixed_units/unit.cpp)
    target_link_libraries(${name}_${unit} PRIVATE f8::f8 f8_warnings)
    target_compile_definitions(${name}_${unit} PRIVATE MIXED_UNIT=${unit}_unit)
    target_compile_options(${name}_${unit} PRIVATE ${flags})
  endforeach()
  target_compile_options(${name}_fast PRIVATE ${fast_flags})

  foreach(order plain_fast fast_plain)
    set(program ${name}_${order})
    string(REGEX MATCHALL "plain|fast" units ${order})
    list(TRANSFORM units REPLACE "(.+)" "$<TARGET_OBJECTS:${name}_\\1>")
    add_executable(${program} mixed_units/main.cpp ${units})
    add_test(NAME ${program} COMMAND ${program})
    if(F8_QEMU_X86_64)
      foreach(cpu Nehalem Haswell-noTSX)
        add_test(
          NAME ${program}_on_${cpu} COMMAND "${F8_QEMU_X86_64}" -cpu ${cpu} $<TARGET_FILE:${program}>
        )
      endforeach()
    else()
      f8_skipped_test(${program}_emulated "needs qemu-x86_64 (Debian: qemu-user)")
    endif()
  endforeach()

  if(F8_NM)
    add_test(
      NAME ${name}_shares_no_function
      COMMAND
        sh "${CMAKE_CURRENT_SOURCE_DIR}/mixed_units/shared_functions.sh" "${F8_NM}"
        $<TARGET_OBJECTS:${name}_plain> $<TARGET_OBJECTS:${name}_fast>
    )
  else()
    f8_skipped_test(${name}_shares_no_function "needs nm (Debian: binutils)")
  endif()
endfunction()

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  f8_mixed_program(kernels_mixed_avx2 "-O1;-fno-inline" -march=haswell)
  if(F8_TEST_LONG)
    f8_mixed_program(kernels_mixed_vbmi "-O1;-fno-inline" -march=icelake-server)
    f8_mixed_program(kernels_mixed_bmi2 -O2 "-mbmi2;-mlzcnt;-mmovbe")
  endif()
  if(F8_QEMU_X86_64)
    # That the emulator does stop at an instruction which its CPU lacks.
    add_test(
      NAME kernels_emulator_lacks_avx
      COMMAND sh -c "! \"$@\"" sh "${F8_QEMU_X86_64}" -cpu Nehalem
              $<TARGET_FILE:kernels_mixed_avx2_plain_fast> use_avx
    )
  endif()
endif()
