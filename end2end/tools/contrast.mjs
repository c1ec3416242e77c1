// Contrast of every pair of colours the design uses, in both themes and in prefers-contrast: more.
//   node end2end/tools/contrast.mjs [-v]      exit code 1 when a pair is below its minimum
import fs from "node:fs";

const TOKENS = new URL("../../style/tokens/", import.meta.url);
const read = (file) => fs.readFileSync(new URL(file, TOKENS), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");

const MORE = /@media \(prefers-contrast: more\) \{([\s\S]*?\n)\}/;

// The opaque six-digit colours of the first rule with this selector.
function colours(css, selector) {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) return {};
  const body = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map((m) => [m[1], m[2]]));
}

function theme(file, selector) {
  const css = read(file);
  const normal = colours(css.replace(MORE, ""), selector);
  return { normal, more: colours(css.match(MORE)?.[1] ?? "", selector) };
}

const light = theme("color.css", ":root");
const stage = theme("stage.css", '[data-theme="stage"]');
const themes = {
  light: light.normal,
  "light, more contrast": { ...light.normal, ...light.more },
  stage: { ...light.normal, ...stage.normal },
  "stage, more contrast": { ...light.normal, ...stage.normal, ...stage.more },
};

function luminance(hex) {
  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = [1, 3, 5].map((at) => channel(parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

// Foreground, ground, minimum: 7 for primary text, 4.5 for text, 3 for lines that carry meaning.
// The last column names the only theme in which the pair is used.
const PAIRS = [
  ["ink", "paper", 7], ["ink", "sheet", 7], ["ink", "mo-soft", 7],
  ["ink-2", "sheet", 7], ["ink-2", "paper", 7],
  ["ink-3", "sheet", 4.5], ["ink-3", "paper", 4.5], ["ink-3", "sheet-2", 4.5],
  ["on-bar", "bar", 7], ["on-bar-2", "bar", 4.5], ["yellow", "bar", 4.5],
  ["bar", "bar-slip", 7], ["bar", "bar-slip-2", 7], ["jiang", "bar-slip", 4.5, "light"],
  ["on-act", "act", 4.5], ["on-act", "act-down", 4.5],
  ["act", "sheet", 4.5], ["act", "paper", 4.5], ["act", "act-soft", 4.5], ["ink", "act-soft", 7],
  ["on-zhu", "zhu", 4.5], ["zhu", "sheet", 3], ["zhu", "paper", 3],
  ["zhu-text", "sheet", 4.5], ["zhu-text", "sheet-2", 4.5], ["zhu-text", "paper", 4.5], ["zhu-text", "zhu-soft", 4.5],
  ["on-jiang", "jiang", 4.5], ["jiang", "sheet", 4.5], ["jiang", "paper", 4.5], ["jiang", "jiang-soft", 4.5],
  ["on-gold", "gold", 4.5], ["gold-text", "sheet", 4.5],
  ["on-yellow", "yellow", 4.5], ["yellow-text", "yellow-soft", 4.5], ["yellow-text", "sheet", 4.5],
  ["rule-2", "sheet", 3], ["rule-2", "sheet-2", 3], ["rule-2", "paper", 3, "light"],
  ["focus", "sheet", 3], ["focus", "paper", 3], ["ink-2", "jiang-soft", 4.5],
];

const verbose = process.argv.includes("-v");
let bad = 0;
for (const [name, tokens] of Object.entries(themes)) {
  for (const [front, ground, minimum, only] of PAIRS) {
    if (only && !name.startsWith(only)) continue;
    if (!tokens[front] || !tokens[ground]) {
      console.log(`BAD ${name}: no token --${tokens[front] ? ground : front}`);
      bad += 1;
      continue;
    }
    const value = ratio(tokens[front], tokens[ground]);
    if (value < minimum) bad += 1;
    if (value < minimum || verbose) {
      console.log(`${value < minimum ? "BAD" : "ok "} ${name}: ${front} on ${ground} ${value.toFixed(2)}, at least ${minimum}`);
    }
  }
}
console.log(bad ? `${bad} pair(s) below the minimum` : `${PAIRS.length} pairs pass in ${Object.keys(themes).length} themes`);
process.exitCode = bad ? 1 : 0;
