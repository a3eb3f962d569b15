#!/bin/bash
# Software: wgsl_reflect 1.6.0 (npm), WgslExec, which runs WGSL shaders on the CPU and, says its
#   README, "produces the same buffer results a GPU would".
# Expected: textureLoad from rg11b10ufloat decodes unsigned floats of 5 exponent bits and 6 or 5
#   fraction bits with zero, subnormals, infinity and NaN (Khronos Data Format, unsigned 11-bit and 10-bit).
# Seen: exponent field 0 is taken for a normal number, so 0 reads as 2^-15 and all subnormal numbers
#   as 2^-15 to 2^-14; field 31 is taken for 2^16 upward, so infinity and NaN are finite numbers.
# Meaning: a black texture is not black in this emulator, and an overflow is not seen: it is no
#   reference for shaders that use unsigned floats.
# Needs: node 18 or newer with npm.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" wgsl_reflect@1.6.0

cat >run.mjs <<'JS'
import {WgslExec, WgslParser} from "./node_modules/wgsl_reflect/wgsl_reflect.module.js";

const shader = `
@group(0) @binding(0) var image: texture_2d<f32>;
@group(0) @binding(1) var<storage, read_write> seen: array<f32>;
@compute @workgroup_size(1) fn main() {
  let texel = textureLoad(image, vec2i(0, 0), 0);
  seen[0] = texel.x;
  seen[1] = texel.y;
  seen[2] = texel.z;
}`;

function load(red, green, blue) {
  const texels = new Uint32Array([(red | green << 11 | blue << 22) >>> 0]);
  const seen = new Float32Array(3);
  const image = {texture: [texels.buffer], descriptor: {size: [1, 1], format: "rg11b10ufloat"}};
  new WgslExec(new WgslParser().parse(shader)).dispatchWorkgroups("main", 1, {0: {0: image, 1: seen}});
  return [...seen];
}

// The right value of a code, from the definition of the unsigned floats.
function right(code, fractionBits) {
  const exponent = code >> fractionBits;
  const fraction = (code & ((1 << fractionBits) - 1)) / (1 << fractionBits);
  if (exponent === 31) return fraction === 0 ? Infinity : NaN;
  return exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15);
}

let wrong = 0, wrongElsewhere = 0;
for (let code = 0; code < 2048; code++) {
  const [red, green, blue] = load(code, code, code >> 1);
  const good = Object.is(red, right(code, 6)) && Object.is(green, right(code, 6)) &&
      Object.is(blue, right(code >> 1, 5));
  const normal = code >> 6 > 0 && code >> 6 < 31;
  if (!good && normal) wrongElsewhere++;
  if (!good && !normal) wrong++;
  if ([0, 1, 63, 64, 0x3c0, 0x7bf, 0x7c0, 0x7c1].includes(code)) {
    console.log(`code ${code.toString(16)}: ${red}, right: ${right(code, 6)}`);
  }
}
console.log(`${wrong} of 128 codes with exponent field 0 or 31 are wrong, ${wrongElsewhere} of the others`);
if (wrong !== 128 || wrongElsewhere !== 0) {
  console.log("wgsl_reflect no longer decodes so");
  process.exit(1);
}
JS
node run.mjs
