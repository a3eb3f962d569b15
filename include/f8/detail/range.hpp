// std::data and std::size, whose header costs 40 percent of what <immintrin.h> does.
#ifndef F8_DETAIL_RANGE_HPP
#define F8_DETAIL_RANGE_HPP

#include <cstddef>
#include <initializer_list>
#include <type_traits>

#include "config.hpp"

namespace f8 {
namespace detail {

template <class Range>
F8_FN constexpr auto data_of(Range& range) noexcept -> decltype(range.data()) {
  return range.data();
}
template <class T, std::size_t N>
F8_FN constexpr T* data_of(T (&array)[N]) noexcept {
  return array;
}
template <class T>
F8_FN constexpr const T* data_of(const std::initializer_list<T>& list) noexcept {
  return list.begin();
}

/// What a range holds, const where it cannot be assigned to.
template <class Range>
using element_of = std::remove_pointer_t<decltype(data_of(
    *static_cast<std::remove_reference_t<Range>*>(nullptr)))>;

template <class Range>
F8_FN constexpr auto size_of(const Range& range) noexcept
    -> decltype(static_cast<std::size_t>(range.size())) {
  return static_cast<std::size_t>(range.size());
}
template <class T, std::size_t N>
F8_FN constexpr std::size_t size_of(const T (&)[N]) noexcept {
  return N;
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
