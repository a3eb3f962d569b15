// How a kernel of whole blocks converts an array of any length, where loads and stores of any
// alignment are as good as others: the text of it, which instruction sets include into their
// namespaces. There is no include guard, for that reason. F8_PART_FN, the attribute of what kernels
// are made of, is defined before it and undefined behind it. A kernel of blocks has
//
//     step              the number of elements in a block
//     block(in, out)    converts a block

/// Converts n >= Kernel::step elements. Those behind the last whole block are in a block that ends
/// where the array ends, so that some are converted twice; in place, the scalar core converts them.
template <class Source, class Target, class Kernel>
F8_PART_FN void over_array(const Kernel& block_kernel, const unsigned char* in, unsigned char* out,
                           std::size_t n, conversion how) {
  constexpr std::size_t in_size = Source::width / 8, out_size = Target::width / 8;
  std::size_t i = 0;
  for (; n - i >= Kernel::step; i += Kernel::step)
    block_kernel.block(in + i * in_size, out + i * out_size);
  if (i == n) return;
  if (in != out) {
    block_kernel.block(in + (n - Kernel::step) * in_size, out + (n - Kernel::step) * out_size);
  } else {
    scalar::convert<Source, Target>(in + i * in_size, out + i * out_size, n - i, how);
  }
}
