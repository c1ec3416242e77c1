// The weight gate: everything a judge's page loads, compressed, stays within the budget. Raise the
// number only in a commit that says why.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const BUDGET = 300 * 1024;
/** The page itself: the offline shell, which the server writes. */
const SHELL = 1024;
const site = process.argv[2];
const packed = (file) => brotliCompressSync(readFileSync(file)).length;

const parts = [
  ["the shell, at most", SHELL],
  ["boot.js", packed(join(site, "boot.js"))],
];
for (const name of readdirSync(join(site, "pkg"))) {
  // The pages of readers and organisers are modules of their own, which a pad never loads.
  if (!/^(leitai|__wasm_split)\..*\.(js|wasm|css)$/.test(name)) continue;
  const file = join(site, "pkg", name);
  let bytes;
  try {
    bytes = statSync(`${file}.br`).size;
  } catch {
    bytes = packed(file);
  }
  parts.push([name, bytes]);
}
const total = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
for (const [name, bytes] of parts) console.log(`${String(bytes).padStart(8)} B br  ${name}`);
console.log(`${String(total).padStart(8)} B br  in all, of ${BUDGET}`);
if (total > BUDGET) process.exit(1);
