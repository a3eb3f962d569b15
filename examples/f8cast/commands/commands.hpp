// What each command does. options.hpp reads what it is asked for.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "checkpoint/checkpoint.hpp"
#include "checkpoint/name_filter.hpp"
#include "convert/plan.hpp"
#include "scales/scale_catalog.hpp"
#include "scales/scaling.hpp"
#include "types/dtype.hpp"

namespace f8cast {

// --------------------------------------------------------------------------------------- convert

/// What is cast, and how scales are written, for --help.
extern const char* const convert_help;

/// Casts what `how` says into `output`, a safetensors file, or a folder of shards if the input has
/// an index, and prints what that did to the values.
void convert_file(const std::string& input, const std::string& output, const conversion& how,
                  std::ostream& out);

// ------------------------------------------------------------------------------------------ diff

struct diff_options {
  std::string a, b;
  name_filter names;  ///< of the tensors that are compared
  scale_options scales;
};

/// What is shown, for --help.
extern const char* const diff_help;

/// In what two files differ, tensor by tensor. Returns the exit status: 0 if no tensor differs, 1
/// if one does.
int print_diff(const diff_options& options, std::ostream& out);

// ------------------------------------------------------------------------------------------ info

/// What is shown, for --help.
extern const char* const info_help;

/// What is in a file. Reads the headers alone.
void print_info(const std::string& input, const scale_options& how, std::ostream& out);

// ---------------------------------------------------------------------------------------- report

struct report_options {
  std::optional<std::string> input;  ///< none: the weights shipped with f8cast
  const dtype* to = find_output_dtype("e4m3");
  const scaling* how = find_scaling("none");
  std::optional<tile_shape> block;
  bool ignore_scales = false;
  name_filter names;  ///< of the tensors that are cast
  bool compare = false;
  std::string plot;  ///< empty: none
};

/// What casting would do to the values of a file.
void report_on(const report_options& options, std::ostream& out);

/// What the columns of the next table mean, for --help.
extern const char* const comparison_help;

/// Which format with which scales: one table for a whole file. Tries e4m3, e5m2 and int8 with each
/// scaling on the tensors that convert could give scales; of `what`, the names and how scales are
/// read count.
void print_comparison(const std::string& input, const checkpoint& from, const conversion& what,
                      std::ostream& out);

/// The path of the weights that come with f8cast, Silero's voice activity detector. Throws
/// std::runtime_error where they are not to be found.
std::string shipped_weights();

}  // namespace f8cast
