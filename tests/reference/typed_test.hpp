// TYPED_TEST, registered at run time: GoogleTest's own registration is a template of 2 KB for each
// test and type, which took more time to compile than most laws do. One function registers all
// here.
#pragma once

#include <gtest/gtest.h>

#include <string>

namespace reference {

using test_factory = testing::Test* (*)();

inline void register_test(const char* suite, const std::string& type, const char* name,
                          const char* file, int line, test_factory make) {
  const std::string suite_of_type = std::string(suite) + '/' + type;
  testing::RegisterTest(suite_of_type.c_str(), name, type.c_str(), nullptr, file, line, make);
}

/// Registers Test<T> for each T of the list.
template <class Names, template <class> class Test, class... T>
bool register_tests(testing::Types<T...>, const char* suite, const char* name, const char* file,
                    int line) {
  int i = 0;
  (register_test(suite, Names::template GetName<T>(i++), name, file, line,
                 []() -> testing::Test* { return new Test<T>; }),
   ...);
  return true;
}

}  // namespace reference

#undef TYPED_TEST_SUITE
#undef TYPED_TEST

/// As GoogleTest's, where Names has to be given.
#define TYPED_TEST_SUITE(Suite, Types, Names) \
  using Suite##_types = Types;                \
  using Suite##_names = Names

#define TYPED_TEST(Suite, Name)                                                                   \
  template <class T>                                                                              \
  class Suite##_##Name##_Test : public Suite<T> {                                                 \
    using TypeParam = T;                                                                          \
    void TestBody() override;                                                                     \
  };                                                                                              \
  [[maybe_unused]] const bool Suite##_##Name##_is_registered =                                    \
      reference::register_tests<Suite##_names, Suite##_##Name##_Test>(Suite##_types{}, #Suite,    \
                                                                      #Name, __FILE__, __LINE__); \
  template <class T>                                                                              \
  void Suite##_##Name##_Test<T>::TestBody()
