// Svelte 5 rendering the same month, behind node's own HTTP: `node serve.mjs SVELTE HOST:PORT FILE`.
// SVELTE is the folder into which npm put it; FILE holds the month as JSON.
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, address, file] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(createRequire(join(folder, "index.js")).resolve(name)).href);
// The compiler comes as one CommonJS file.
const { compile } = (await load("svelte/compiler")).default;
const { render } = await load("svelte/server");

const source = readFileSync(join(import.meta.dirname, "Month.svelte"), "utf8");
const compiled = join(folder, "Month.mjs");
writeFileSync(compiled, compile(source, { generate: "server" }).js.code);
const { default: Month } = await import(pathToFileURL(compiled).href);

const text = readFileSync(file, "utf8");
const [host, port] = address.split(":");
createServer((request, response) => {
  request.resume();
  // As our server does, which reads the month from its database each time.
  const { head, body } = render(Month, { props: { month: JSON.parse(text) } });
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(head + body);
}).listen(Number(port), host);
