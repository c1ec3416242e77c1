// What the pages weigh, and when they stand and answer on a phone: Lighthouse in its mobile
// setting, the median of a few runs, recorded and not gated.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type County, test } from "../fixtures/demo.ts";
import { alive, controlled, network } from "../fixtures/test.ts";
import { add, percentile, skip } from "./rows.ts";

const LIGHTHOUSE = "lighthouse@12.8.2";
const RUNS = 3;
const AIM_KIB = 300;
/** A board without its wasm, and when it stands. */
const BOARD_KIB = 120;
const BOARD_PAINT_MS = 1_800;
const BOARD_START_MS = 1_000;
const SLOWER = 4;

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

test("weight of the board", async ({ county, context }) => {
  const page = await context.newPage();
  const sizes: number[] = [];
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  const kinds = new Map<string, string>();
  network.on("Network.responseReceived", ({ requestId, response }) => kinds.set(requestId, response.mimeType));
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (kinds.get(requestId) !== "application/wasm") sizes.push(encodedDataLength);
  });
  await page.goto(county.url + month(county), { waitUntil: "networkidle" });
  const total = sizes.reduce((sum, size) => sum + size, 0) / 1024;
  add({
    metric: "posted month's page without wasm, over the wire",
    ours: `${total.toFixed(0)} KiB`,
    bound: `<= ${BOARD_KIB} KiB`,
    ok: total <= BOARD_KIB,
  });
  await page.close();
});

test("offline start of the board", async ({ county, context }) => {
  const page = await context.newPage();
  await page.goto(`${county.url}/boards`);
  await alive(page);
  await controlled(page);
  await page.reload();
  await alive(page);
  const phone = await page.context().newCDPSession(page);
  await phone.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await network(context, false);
  const starts: number[] = [];
  for (let run = 0; run < 10; run++) {
    await page.reload({ waitUntil: "commit" });
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    starts.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
  }
  await network(context, true);
  const start = percentile(starts, 95);
  add({
    metric: `board offline, first paint, p95 of ${starts.length}, CPU x${SLOWER}`,
    ours: `p50 ${percentile(starts, 50).toFixed(0)}, p95 ${start.toFixed(0)} ms`,
    bound: `<= ${BOARD_START_MS} ms`,
    ok: start <= BOARD_START_MS,
  });
  await page.close();
});

const month = ({ month: { season, period } }: County) => `/months/${season}/${period}`;
const PAGES: [string, (county: County) => string, number?][] = [
  ["judge's page", () => "/card"],
  ["public board", () => "/boards", BOARD_PAINT_MS],
  ["posted month", month, BOARD_PAINT_MS],
];

for (const [page, address, bound] of PAGES) {
  test(`Lighthouse: ${page}`, ({ county }) => {
    const path = address(county);
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
    add({
      metric,
      ours: `LCP ${(paint / 1000).toFixed(2)} s, TBT ${blocked.toFixed(0)} ms`,
      ...(bound && { bound: `LCP <= ${bound / 1000} s`, ok: paint <= bound }),
    });
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
