#!/bin/sh
# Software: cborg 6.1.5 (npm; the CBOR codec below @ipld/dag-cbor), default options; cbor2 2.3.0 beside it.
# Expected: cborg's README: "Floats will be encoded in their smallest possible representations: 16-bit,
#   32-bit or 64-bit." RFC 8949, 4.1 (preferred serialization) asks for the shortest that keeps the value.
# Seen: only 20 of the 2046 subnormal halves (powers of two, both signs) take 3 bytes (f9 ....); 2026 take
#   5 (fa ........), though cborg reads their f9 form exactly. All normal halves take 3. -0 becomes
#   the integer 0 and comes back without its sign. npm cbor2 2.3.0 writes all 2046, and -0, in 3 bytes.
# Meaning: two codecs that both promise the shortest form give other bytes, so other hashes, for the
#   same tensor of halves. Where bytes are hashed, write the f9 form of small numbers yourself.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --no-audit --no-fund --ignore-scripts cborg@6.1.5 cbor2@2.3.0 >/dev/null 2>&1
cat >"$work/run.mjs" <<'END'
import * as cborg from "cborg";
import * as cbor2 from "cbor2";
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const count = { cborg: [0, 0], cbor2: [0, 0] };   // Subnormal halves in 3 bytes and in 5.
let unread = 0;
for (const sign of [1, -1]) {
  for (let m = 1; m < 1024; ++m) {
    const value = sign * m * 2 ** -24;            // Every subnormal binary16 number is m * 2^-24.
    for (const [name, codec] of [["cborg", cborg], ["cbor2", cbor2]]) {
      count[name][codec.encode(value).length === 3 ? 0 : 1]++;
    }
    const code = Uint8Array.of(0xf9, (sign < 0 ? 0x80 : 0) | (m >> 8), m & 255);
    if (!Object.is(cborg.decode(code), value)) unread++;
  }
}
console.log("subnormal halves in 3 and in 5 bytes:", JSON.stringify(count), "misread by cborg:", unread);
const minus = cborg.decode(cborg.encode(-0));
console.log(`3 * 2^-24: cborg ${hex(cborg.encode(3 * 2 ** -24))}, cbor2 ${hex(cbor2.encode(3 * 2 ** -24))}`);
console.log(`-0: cborg ${hex(cborg.encode(-0))} (back: ${Object.is(minus, -0) ? "-0" : "+0"}), cbor2 ${hex(cbor2.encode(-0))}`);
const same = JSON.stringify(count) === '{"cborg":[20,2026],"cbor2":[2046,0]}' && unread === 0 &&
  Object.is(minus, 0) && hex(cbor2.encode(-0)) === "f98000";
if (!same) console.log("changed: cborg or cbor2 no longer behaves as this script states");
process.exit(same ? 0 : 1);
END
node "$work/run.mjs"
