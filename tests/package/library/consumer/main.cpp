#include <halves.hpp>

#if __has_include(<f8/f8.hpp>) != SEES_F8
#error "f8 is to be seen where the library makes it so, and only there"
#endif

int main() {
#if HAS_CODE
  return halved(3.0F) == 1.5F ? 0 : 1;
#else
  return 0;
#endif
}
