// From the tap on 提交 to the sealed sheet on the phone's disk, beside a tap that does nothing but a
// strict put of a record of that size: in the same page, in turn, on a processor slowed down four
// times.
import type { Page } from "@playwright/test";
import { Organiser } from "../fixtures/organiser.ts";
import { network, test } from "../fixtures/test.ts";
import { PadPage } from "../pages/pad.page.ts";
import { add, percentile } from "./rows.ts";

const SHEETS = 60;
const SLOWER = 4;
const BOUND = 1.5;

interface Watch {
  tapped: number;
  /** Bytes of the sealed sheet's record, once it is on the disk. */
  bytes: number;
  /** Milliseconds from the tap. */
  took?: number;
}

test("tap to durable", async ({ context, server }) => {
  const organiser = await Organiser.create(server, "bench");
  const contest = await organiser.contest({ entries: SHEETS, seats: 1 });
  const [card] = await organiser.cards(contest);
  for (const { id } of (await organiser.desk(contest)).entries) {
    await organiser.command(contest, { do: "open_gate", entry: id });
  }
  await context.addInitScript(watch);
  const pad = await PadPage.open(context);
  await pad.pair(card);
  await network(context, false);
  const phone = await context.newCDPSession(pad.page);
  await phone.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });

  const taps: number[] = [];
  const puts: number[] = [];
  for (let sheet = 1; sheet <= SHEETS; sheet++) {
    await pad.choose(`第${sheet}村`);
    await pad.type(["88"]);
    const { took, bytes } = await sealed(pad.page);
    taps.push(took);
    puts.push(await barePut(pad.page, bytes));
  }
  await phone.send("Emulation.setCPUThrottlingRate", { rate: 1 });

  const [ours, bare] = [percentile(taps, 95), percentile(puts, 95)];
  const words = (values: number[]) =>
    `p50 ${percentile(values, 50).toFixed(1)}, p95 ${percentile(values, 95).toFixed(1)} ms`;
  add({
    metric: `tap to durable, p95 of ${SHEETS}, CPU x${SLOWER}`,
    ours: words(taps),
    peer: `tap, bare put: ${words(puts)}`,
    ratio: ours / bare,
    bound: `<= ${BOUND}x`,
    ok: ours <= BOUND * bare,
  });
});

/** Runs in the page before its own code: notes the tap, and when the sheet's transaction is done. */
function watch(): void {
  const watched: Watch = { tapped: 0, bytes: 0 };
  Object.assign(window, { watched });
  addEventListener(
    "click",
    (event) => {
      const button = (event.target as Element).closest?.(".dock .btn[data-kind=main]");
      if (button) Object.assign(watched, { tapped: event.timeStamp, took: undefined });
    },
    true,
  );
  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function (record, ...rest) {
    if (this.name === "op") {
      this.transaction.addEventListener("complete", () => {
        watched.bytes = JSON.stringify(record).length;
        watched.took ??= performance.now() - watched.tapped;
      });
    }
    return add.call(this, record, ...rest);
  };
}

/** Waits until the sheet is on the disk. */
async function sealed(page: Page): Promise<{ took: number; bytes: number }> {
  const handle = await page.waitForFunction(() => {
    const { watched } = window as unknown as { watched: Watch };
    return watched.took === undefined ? undefined : { took: watched.took, bytes: watched.bytes };
  });
  return (await handle.jsonValue())!;
}

/** Milliseconds from the tap on a plain button to the end of a strict put in an open database. */
async function barePut(page: Page, bytes: number): Promise<number> {
  await page.evaluate(async (bytes) => {
    const button = document.createElement("button");
    button.id = "plain-put";
    button.style.cssText = "position: fixed; inset: 0; z-index: 9999";
    document.body.append(button);
    const held = window as unknown as { bare?: Promise<IDBDatabase> };
    held.bare ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("bare");
      request.onupgradeneeded = () => request.result.createObjectStore("op", { keyPath: "id" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await held.bare;
    const record = { id: crypto.randomUUID(), v: 1, body: "x".repeat(bytes) };
    button.onclick = ({ timeStamp }) => {
      const transaction = database.transaction("op", "readwrite", { durability: "strict" });
      transaction.oncomplete = () => (button.dataset.took = String(performance.now() - timeStamp));
      transaction.objectStore("op").put(record);
    };
  }, bytes);
  // The list is busy for a moment after a seal, which is not the disk's doing.
  await page.waitForTimeout(500);
  const button = page.locator("#plain-put");
  await button.click();
  await page.locator("#plain-put[data-took]").waitFor();
  const took = Number(await button.getAttribute("data-took"));
  await button.evaluate((button) => button.remove());
  return took;
}
