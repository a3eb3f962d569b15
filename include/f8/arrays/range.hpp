// Arrays as arguments: pointers, and contiguous ranges, which are asked here for what std::data and
// std::size say. (Their header takes 40 percent of the time to compile that <immintrin.h> does.)
#ifndef F8_ARRAYS_RANGE_HPP
#define F8_ARRAYS_RANGE_HPP

#include <cstddef>
#include <initializer_list>
#include <type_traits>

#include "../core/config.hpp"

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

// An array is a range, or a pointer to its first element, which says nothing of its size.

/// The first element of an array.
template <class T>
F8_FN constexpr T* first_of(T* first) noexcept {
  return first;
}
template <class Range>
F8_FN constexpr auto first_of(Range& range) noexcept -> decltype(data_of(range)) {
  return data_of(range);
}

/// The size of an array, where it has one; what it should be otherwise.
template <class Array>
F8_FN constexpr std::size_t size_or(const Array& array, std::size_t expected) noexcept {
  if constexpr (std::is_pointer_v<Array>) {
    return (void)array, expected;
  } else {
    return size_of(array);
  }
}

/// What an array holds, const where it cannot be assigned to.
template <class Array>
using array_element_of = std::remove_pointer_t<decltype(first_of(
    *static_cast<std::remove_reference_t<Array>*>(nullptr)))>;

/// int if Array is one of T.
template <class T, class Array>
using if_array_of = std::enable_if_t<std::is_same_v<array_element_of<Array>, T>, int>;

/// int if all of these are arrays.
template <class... Arrays>
using if_arrays = std::enable_if_t<(std::is_object_v<array_element_of<Arrays>> && ...), int>;

}  // namespace detail
}  // namespace f8

#include "../core/undef.hpp"

#endif
