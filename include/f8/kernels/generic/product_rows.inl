// Sums of the products of rows of weights with x, in the order that f8/arithmetic.hpp states: the
// text of it, which each instruction set includes into its namespace, by itself or as a part of
// float_arrays.inl, whose macros and `float_lanes` it takes. A type of weights has
//
//     step, size                  so many are read at once, each of so many bytes
//     rows                        so many rows are read together
//     ahead                       so many rows further on is fetched into the second cache, or 0
//     operator()(from, vectors)   the floats of `step` weights

struct float_weights {
  static constexpr std::size_t step = sum_lanes, size = sizeof(float), rows = 1, ahead = 0;

  F8_PART_FN void operator()(const unsigned char* from,
                             typename float_lanes::vector (&to)[step / float_lanes::width]) const {
    F8_UNROLL
    for (std::size_t k = 0; k < step / float_lanes::width; ++k)
      to[k] = float_lanes::load(from, k * float_lanes::width);
  }
};

/// The sums of some rows, which share the loads of x. All of them are in registers.
template <class Weights, std::size_t Rows>
struct row_sums {
  using vector = typename float_lanes::vector;
  static constexpr std::size_t step = Weights::step, width = float_lanes::width;
  static constexpr std::size_t vectors = step / width, lanes = sum_lanes / width;

  Weights weights;
  vector part[Rows][lanes], total[Rows][lanes];

  F8_PART_FN explicit row_sums(const float* sums) { load(sums); }
  F8_PART_FN void load(const float* sums) {
    F8_UNROLL
    for (std::size_t r = 0; r < Rows; ++r) {
      F8_UNROLL
      for (std::size_t k = 0; k < lanes; ++k)
        total[r][k] = float_lanes::load(sums, r * sum_lanes + k * width);
    }
  }
  F8_PART_FN void store(float* sums) const {
    F8_UNROLL
    for (std::size_t r = 0; r < Rows; ++r) {
      F8_UNROLL
      for (std::size_t k = 0; k < lanes; ++k)
        float_lanes::store(sums, r * sum_lanes + k * width, total[r][k]);
    }
  }

  F8_PART_FN void begin_run(std::size_t r) {
    F8_UNROLL
    for (std::size_t k = 0; k < lanes; ++k) part[r][k] = float_lanes::all(0);
  }
  F8_PART_FN void end_run(std::size_t r, float scale) {
    F8_UNROLL
    for (std::size_t k = 0; k < lanes; ++k)
      total[r][k] = float_lanes::fused(float_lanes::all(scale), part[r][k], total[r][k]);
  }
  /// Adds the products of `count` vectors from number k on.
  F8_PART_FN void add(std::size_t r, const vector (&v)[vectors], std::size_t k, std::size_t count,
                      const void* x, std::size_t i) {
    F8_UNROLL
    for (const std::size_t end = k + count; k < end; ++k) {
      part[r][k % lanes] =
          float_lanes::fused(v[k], float_lanes::load(x, i + k * width), part[r][k % lanes]);
    }
  }
  /// Reads a step of weights. The rows after the next are fetched, since hardware does not foresee
  /// where they go on.
  F8_PART_FN void read_on(const unsigned char* from, std::size_t row_size,
                          vector (&v)[vectors]) const {
    if constexpr (Weights::ahead != 0) __builtin_prefetch(from + Weights::ahead * row_size, 0, 2);
    weights(from, v);
  }

  /// Adds a step that is in one run.
  F8_PART_FN void add_step(const weight_rows& w, const void* x, std::size_t i) {
    F8_UNROLL
    for (std::size_t r = 0; r < Rows; ++r) {
      vector v[vectors];
      read_on(w.data + i * Weights::size + r * w.row_size, w.row_size, v);
      add(r, v, 0, vectors, x, i);
    }
  }
  /// Adds a step that is one or two of the narrowest tiles.
  F8_PART_FN void add_tiles(const weight_rows& w, const void* x, std::size_t i) {
    constexpr std::size_t tiles = step / narrowest_tile, vectors_of_tile = narrowest_tile / width;
    F8_UNROLL
    for (std::size_t r = 0; r < Rows; ++r) {
      vector v[vectors];
      const float* const scales = w.scales[r] + i / narrowest_tile;
      read_on(w.data + i * Weights::size + r * w.row_size, w.row_size, v);
      F8_UNROLL
      for (std::size_t t = 0; t < tiles; ++t) {
        begin_run(r);
        add(r, v, t * vectors_of_tile, vectors_of_tile, x, i);
        end_run(r, scales[t]);
      }
    }
  }
  /// Adds the last n < step elements of a run, as a step with zeros at the end.
  F8_PART_FN void add_some(const weight_rows& w, const void* x, std::size_t i, std::size_t n) {
    alignas(64) float some_x[step] = {};
    __builtin_memcpy(some_x, static_cast<const unsigned char*>(x) + i * sizeof(float),
                     n * sizeof(float));
    for (std::size_t r = 0; r < Rows; ++r) {
      alignas(64) unsigned char some[step * Weights::size] = {};
      __builtin_memcpy(some, w.data + i * Weights::size + r * w.row_size, n * Weights::size);
      vector v[vectors];
      weights(some, v);
      add(r, v, 0, vectors, some_x, 0);
    }
  }

  /// Adds n columns from number i on, which have one scale. Ragged says that they are no whole
  /// steps.
  template <bool Ragged>
  F8_PART_FN void add_run(const weight_rows& w, std::size_t tile, const void* x, std::size_t i,
                          std::size_t n) {
    F8_UNROLL
    for (std::size_t r = 0; r < Rows; ++r) begin_run(r);
    const std::size_t end = i + n;
    for (; end - i >= step; i += step) add_step(w, x, i);
    if constexpr (Ragged) add_some(w, x, i, end - i);
    F8_UNROLL
    for (std::size_t r = 0; r < Rows; ++r) end_run(r, w.scales[r][tile]);
  }
};

/// Adds a run of one row. This is not inlined, so that nothing of it has a claim on the registers
/// of what is done more often.
template <class Weights>
F8_KERNEL_FN __attribute__((noinline)) void add_ragged_run(const weight_rows& w, std::size_t tile,
                                                           const void* x, std::size_t i,
                                                           std::size_t n, float* sums) {
  row_sums<Weights, 1> row(sums);
  row.template add_run<true>(w, tile, x, i, n);
  row.store(sums);
}

template <class Weights, std::size_t Rows>
F8_PART_FN void add_rows(const weight_rows& w, const void* x, float* sums) {
  constexpr std::size_t step = Weights::step;
  row_sums<Weights, Rows> rows(sums);
  std::size_t i = 0;
  if constexpr (step >= narrowest_tile) {
    if (w.tile_columns == narrowest_tile)
      for (; w.columns - i >= step; i += step) rows.add_tiles(w, x, i);
  }
  for (std::size_t tile = i / w.tile_columns; i < w.columns; ++tile) {
    std::size_t left = w.columns - i < w.tile_columns ? w.columns - i : w.tile_columns;
    while (left > 0) {
      const std::size_t n = left < longest_run ? left : longest_run;
      if (n % step == 0) {
        rows.template add_run<false>(w, tile, x, i, n);
      } else {
        rows.store(sums);
        for (std::size_t r = 0; r < Rows; ++r)
          add_ragged_run<Weights>(w.without(r), tile, x, i, n, sums + r * sum_lanes);
        rows.load(sums);
      }
      i += n;
      left -= n;
    }
  }
  rows.store(sums);
}

template <class Weights>
F8_KERNEL_FN void add_products(const weight_rows& w, const void* x, float* sums) {
  weight_rows left = w;
  if constexpr (Weights::rows > 1) {
    for (; left.rows >= Weights::rows; left = left.without(Weights::rows)) {
      add_rows<Weights, Weights::rows>(left, x, sums);
      sums += Weights::rows * sum_lanes;
    }
  }
  for (; left.rows > 0; left = left.without(1), sums += sum_lanes)
    add_rows<Weights, 1>(left, x, sums);
}
