#include "f8/common_type.hpp"

#include <type_traits>

namespace {

// std::common_type of A and B is Expected, in both orders, and for const, volatile and references;
// and the common type of a type with itself is that type.
template <class A, class B, class Expected>
constexpr bool have_in_common = std::is_same_v<std::common_type_t<A, B>, Expected>&&
    std::is_same_v<std::common_type_t<B, A>, Expected>&&
        std::is_same_v<std::common_type_t<const A&, B&&>, Expected>&&
            std::is_same_v<std::common_type_t<volatile B, const A>, Expected>&&
                std::is_same_v<std::common_type_t<A, B, A>, Expected>;

template <class T, class... Other>
constexpr bool has_the_sum_in_common_with = (... &&
                                             have_in_common<T, Other, decltype(float{} + Other{})>);

template <class T, class... Ours>
constexpr bool is_a_float_with =
    (... && have_in_common<T, Ours, std::conditional_t<std::is_same_v<T, Ours>, T, float>>);

struct from_any_float {  // a class of others
  from_any_float() = default;
  template <class T>
  from_any_float(T) {}
};

template <class... T>
constexpr bool agree =
    (... &&
     has_the_sum_in_common_with<
         T, bool, char, signed char, unsigned char, wchar_t, char16_t, char32_t, short,
         unsigned short, int, unsigned, long, unsigned long, long long, unsigned long long, float,
         double,
         long double>)&&(...&& is_a_float_with<T, f8::e4m3, f8::e5m2, f8::e4m3fnuz, f8::float16,
                                               f8::bfloat16,
                                               f8::e8m0>)&&(...&& have_in_common<T, from_any_float,
                                                                                 from_any_float>);
static_assert(
    agree<f8::e4m3, f8::e5m2, f8::e3m4, f8::e4m3b11fnuz, f8::float16, f8::bfloat16, f8::e8m0>);
static_assert(std::is_same_v<std::common_type_t<f8::e4m3>, f8::e4m3>);
static_assert(std::is_same_v<std::common_type_t<int, f8::e4m3, double>, double>);

#if defined(__SIZEOF_INT128__)
__extension__ typedef __int128 int128;
static_assert(has_the_sum_in_common_with<f8::e4m3, int128>);
#endif

// `c ? x : 0` is an int, a trap that the README warns of and that std::common_type does not fall
// into. If C++ ever makes this fail, the warning can go.
static_assert(std::is_same_v<decltype(true ? f8::e4m3{} : 0), int>);
static_assert(std::is_same_v<decltype(true ? f8::e4m3{} : 0.0f), float>);

}  // namespace
