#!/bin/sh
# Software: apache-arrow 21.2.0 (npm), Float16 columns.
# Expected: a number written into a Float16 column becomes the nearest binary16 number, ties to even,
#   and Infinity from 65520 on (IEEE 754-2019, 4.3.1 and 3.6).
# Seen: where the significand rounds up to the next power of two the carry is OR-ed into the
#   exponent field, so it is lost in every second binade: 1.9999 is stored as 1 and 7.9999 as 4.
#   Past the range the low exponent bits are kept: 70000 becomes 2.134765625, 131072 becomes 2.
#   Below 2^-25, 1e-9 is stored as 4.2e-5 and 1.9999e-10 and 1e-300 as NaN; all should be 0.
#   Ties go up in magnitude (1 + 2^-11 is 1.0009765625).
# Meaning: half of the right value, a small number for an overflow, NaN for an underflow, without any message. Round to
#   binary16 before the column is filled (and check the range); such values are stored unchanged.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --no-audit --no-fund --ignore-scripts apache-arrow@21.2.0 >/dev/null 2>&1
cat >"$work/run.cjs" <<'END'
const { vectorFromArray, tableFromIPC, tableToIPC, Table, Float16 } = require("apache-arrow");
// [written, nearest binary16 number worked out by hand, what is expected to be seen]
const rows = [
  [1.9999, 2, 1], [-1.9999, -2, -1], [7.9999, 8, 4], [0.49999, 0.5, 0.25],
  [3.9999, 4, 4],                                   // The field is even here, so OR adds the carry.
  [70000, Infinity, 2.134765625], [131072, Infinity, 2],
  [1 + 2 ** -11, 1, 1 + 2 ** -10],
  [1e-9, 0, 704 * 2 ** -24], [1.9999e-10, 0, NaN], [1e-300, 0, NaN],
  [1.5, 1.5, 1.5], [65504, 65504, 65504],
];
const column = vectorFromArray(rows.map((row) => row[0]), new Float16());
const read = tableFromIPC(tableToIPC(new Table({ column }))).getChild("column");
let changed = 0;
rows.forEach(([written, nearest, seen], i) => {
  console.log(`${written}: nearest ${nearest}, stored ${read.get(i)}`);
  if (!Object.is(read.get(i), seen)) changed = 1;
});
if (changed) console.log("changed: apache-arrow no longer behaves as this script states");
process.exit(changed);
END
node "$work/run.cjs"
