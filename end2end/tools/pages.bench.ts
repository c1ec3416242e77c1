// What the pages weigh, and when they stand and answer on a phone: Lighthouse in its mobile
// setting, the median of a few runs, recorded and not gated.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "../fixtures/demo.ts";
import { add, percentile, skip } from "./rows.ts";

const LIGHTHOUSE = "lighthouse@12.8.2";
const RUNS = 3;
const AIM_KIB = 300;

test("weight of the judge's page", () => {
  const site = join(process.env.TARGET ?? join(import.meta.dirname, "../../target"), "site");
  const printed = execFileSync("node", [join(import.meta.dirname, "size.mjs"), site], { encoding: "utf8" });
  const total = Number(/(\d+) B br {2}in all/.exec(printed)![1]) / 1024;
  add({
    metric: "judge's page: wasm, JS, CSS and HTML",
    ours: `${total.toFixed(0)} KiB br`,
    bound: `<= ${AIM_KIB} KiB`,
    ok: total <= AIM_KIB,
  });
});

for (const [page, path] of [["judge's page", "/card"], ["public board", "/boards"]]) {
  test(`Lighthouse: ${page}`, ({ county }) => {
    const metric = `${page}, Lighthouse mobile`;
    let runs;
    try {
      runs = Array.from({ length: RUNS }, () => twice(() => lighthouse(county.url + path)));
    } catch (error) {
      skip(metric, `${LIGHTHOUSE} does not run here`);
      console.error(String(error).slice(0, 1000));
      return;
    }
    const of = (audit: string) => percentile(runs.map((run) => run.audits[audit].numericValue), 50);
    const [paint, blocked] = [of("largest-contentful-paint"), of("total-blocking-time")];
    add({ metric, ours: `LCP ${(paint / 1000).toFixed(2)} s, TBT ${blocked.toFixed(0)} ms` });
  });
}

/** Lighthouse now and then loses the page's trace, which says nothing of the page. */
function twice<T>(measure: () => T): T {
  try {
    return measure();
  } catch {
    return measure();
  }
}

interface Report {
  audits: Record<string, { numericValue: number }>;
}

function lighthouse(url: string): Report {
  const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const flags = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run";
  const printed = execFileSync(
    "npx",
    [
      "--yes",
      LIGHTHOUSE,
      url,
      "--quiet",
      "--only-categories=performance",
      "--output=json",
      `--chrome-flags=${flags}`,
    ],
    {
      encoding: "utf8",
      env: { ...process.env, CHROME_PATH: chromium },
      maxBuffer: 1 << 28,
      timeout: 180_000,
    },
  );
  return JSON.parse(printed) as Report;
}
