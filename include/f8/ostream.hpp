// operator<< for the value types. No stream's header is included: who writes to one has it.
#ifndef F8_OSTREAM_HPP
#define F8_OSTREAM_HPP

#include <iosfwd>

#include "float16.hpp"
#include "fp8.hpp"

#include "text/write.hpp"

#include "core/config.hpp"

namespace f8 {

/// Writes x as to_chars does, std::format and {fmt}: with the fewest characters that read back as
/// x; e4m3{0.3f} is "0.3". The stream's width, fill and adjustment count as for a string.
///
/// A stream that was told how to write numbers (by a precision other than 6, a notation, showpos,
/// showpoint, uppercase, or a locale other than the classic one) writes float{x}, as any float.
template <class Char, class Traits, class T, class F, overflow O>
F8_HOST_FN inline std::basic_ostream<Char, Traits>& operator<<(
    std::basic_ostream<Char, Traits>& out, const detail::value<T, F, O>& x) {
  using stream = std::basic_ostream<Char, Traits>;
  using locale = decltype(out.getloc());
  constexpr auto told =
      stream::floatfield | stream::showpos | stream::showpoint | stream::uppercase;
  const bool is_told = (out.flags() & told) != typename stream::fmtflags{} ||
                       out.precision() != 6 || !(out.getloc() == locale::classic());
  if (is_told) return out << float{x};
  auto text = detail_text::shortest_text<F>(x.to_bits());
  text.put('\0');
  return out << text.data();
}

}  // namespace f8

#include "core/undef.hpp"

#endif
