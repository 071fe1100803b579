# SPDX-License-Identifier: GPL-3.0-or-later
# The flags every target of ours is built with: the interface library ve_flags.
option(VE_TESTS "build the tests" ON)
option(VE_MODULES "build every plugin as a loadable module too" ON)
set(VE_SANITIZE "" CACHE STRING "sanitizers, e.g. address,undefined or thread")
option(VE_COVERAGE "measure coverage" OFF)
option(VE_WERROR "warnings are errors" OFF)
option(VE_FUZZ "build the fuzz targets; needs clang" OFF)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(ve_flags INTERFACE)
target_compile_definitions(ve_flags INTERFACE _GNU_SOURCE)
target_compile_options(ve_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -fno-math-errno
                       -fstack-protector-strong -ffp-contract=off)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(ve_flags INTERFACE -O2 -ftree-vectorize
                         $<$<C_COMPILER_ID:GNU>:-fvect-cost-model=dynamic>)
  target_compile_definitions(ve_flags INTERFACE _FORTIFY_SOURCE=2)
  target_link_options(ve_flags INTERFACE -Wl,-z,relro,-z,now)
endif()
if(VE_WERROR)
  target_compile_options(ve_flags INTERFACE -Werror)
endif()
if(VE_FUZZ)
  target_compile_options(ve_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(VE_SANITIZE)
  # instrumented code defeats what gcc knows about the ranges of numbers, so no word on cut texts
  target_compile_options(ve_flags INTERFACE -O1 -fsanitize=${VE_SANITIZE} -fno-sanitize-recover=all
                         -fno-omit-frame-pointer $<$<C_COMPILER_ID:GNU>:-Wno-format-truncation>)
  target_link_options(ve_flags INTERFACE -fsanitize=${VE_SANITIZE})
endif()
if(VE_COVERAGE)
  target_compile_options(ve_flags INTERFACE --coverage)
  target_link_options(ve_flags INTERFACE --coverage)
endif()
