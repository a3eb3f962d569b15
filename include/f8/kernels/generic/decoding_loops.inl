// Conversion of codes of 8 bits to 16 or 32 by lookup, 64 at a time: the text of it, which AVX-512
// with and without VBMI include into their namespaces. There is no include guard, for that reason.
// F8_PART_FN is the attribute of what kernels are made of, which a macro has to be, since it cannot
// be a parameter of a template. The table is decoding_table<Source, Target>:
//
//     quad look_up(codes)    what 64 codes become, NaNs quiet, in two registers or four

template <class Source, class Target, bool Repair, bool Stream>
F8_PART_FN void widen(const unsigned char* in, unsigned char* out, std::size_t n, nan_code nan) {
  constexpr std::size_t size = sizeof(typename Target::bits_type);
  const decoding_table<Source, Target> table;
  const nan_repair<Source, Target> fix(nan);
  std::size_t i = 0;
  for (; n - i >= 64; i += 64) {
    const quad q = table.look_up(_mm512_loadu_si512(in + i));
    store_64<Target, Stream>(out + i * size, repaired<Source, Target, Repair>(q, fix));
  }
  if (i == n) return;
  const quad q = table.look_up(_mm512_maskz_loadu_epi8(first_64(n - i), in + i));
  store_some<Target>(out + i * size, n - i, repaired<Source, Target, Repair>(q, fix));
}

template <class Source, class Target, bool Repair>
F8_PART_FN void widen_any(const unsigned char* in, unsigned char* out, std::size_t n,
                          nan_code nan) {
  const std::size_t head = head_before_streaming<Target>(out, n);
  widen<Source, Target, Repair, false>(in, out, head, nan);
  if (head == n) return;
  widen<Source, Target, Repair, true>(in + head, out + head * sizeof(typename Target::bits_type),
                                      n - head, nan);
  _mm_sfence();
}

template <class Source, class Target>
F8_PART_FN void convert_table(const void* from, void* to, std::size_t n, conversion how) {
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  if (needs_repair<Source>(how.nan)) return widen_any<Source, Target, true>(in, out, n, how.nan);
  widen_any<Source, Target, false>(in, out, n, how.nan);
}
