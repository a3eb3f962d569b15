// std::mdspan over fp8, from C++23 on. The types are elements as any other; with this accessor they
// are read as float, so that what takes a view of floats takes them, too:
//
//     using matrix = std::mdspan<const float, std::dextents<std::size_t, 2>, std::layout_right,
//                                f8::read_as_float<f8::e4m3>>;
//     matrix w(weights.data(), rows, columns);   // w[r, c] is a float
#ifndef F8_INTEROP_MDSPAN_HPP
#define F8_INTEROP_MDSPAN_HPP

#include <cstddef>
#include <mdspan>

#include "../types.hpp"

namespace f8 {

/// An accessor policy ([mdspan.accessor]): elements are stored as T, which float can hold, and read
/// as float, exactly. A NaN stays a NaN. Nothing can be written.
template <class T>
struct read_as_float {
  /// The policy behind submdspan and other views of a part.
  using offset_policy = read_as_float;
  /// What a view's elements are.
  using element_type = const float;
  /// What access() gives.
  using reference = float;
  /// Where the elements are.
  using data_handle_type = const T*;

  /// Element i.
  constexpr reference access(data_handle_type first, std::size_t i) const noexcept {
    return static_cast<float>(first[i]);
  }
  /// The elements from number i on.
  constexpr data_handle_type offset(data_handle_type first, std::size_t i) const noexcept {
    return first + i;
  }
};

}  // namespace f8

#endif
