// Products of 8-bit weights, decoded on their way from memory to the multiplier: the text of it,
// which avx512 and avx512vbmi include into their namespaces, as they do product_rows.hpp, after
// `code_table_of`, the table of a format. No include guard, for that reason.

template <class Format>
struct code_weights {
  static constexpr std::size_t step = 64, size = 1, rows = 4, ahead = rows;
  static constexpr bool has_other_nan = avx512::needs_repair<Format>(nan_code::quiet);
  code_table_of<Format> table;
  avx512::repair<Format, binary32> fix;

  F8_PART_FN code_weights() : fix(nan_code::quiet) {}
  F8_PART_FN void operator()(const unsigned char* from, __m512 (&to)[4]) const {
    const avx512::quad q = avx512::repaired<Format, binary32, has_other_nan>(
        table.look_up(_mm512_loadu_si512(from)), fix);
    to[0] = _mm512_castsi512_ps(q.a);
    to[1] = _mm512_castsi512_ps(q.b);
    to[2] = _mm512_castsi512_ps(q.c);
    to[3] = _mm512_castsi512_ps(q.d);
  }
};
