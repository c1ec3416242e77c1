// The browser dies while a sealed sheet is being written. What the page had called stored is there
// when the same profile starts again without a network, and goes up once.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, type LaunchOptions, chromium } from "@playwright/test";
import { Organiser } from "../../fixtures/organiser.ts";
import { expect, network, test } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";

/** When the browser dies: so long after the write began, or after the page told that it is done. */
const DEATHS = [
  { after: "writing", ms: 0 },
  { after: "writing", ms: 3 },
  { after: "told", ms: 0 },
  { after: "told", ms: 0 },
] as const;

declare global {
  interface Window {
    /** The sheet's record goes to the database. */
    writing(): void;
    /** The judge's list calls so many sheets stored. */
    told(sheets: number): void;
  }
}

function reportToTest(): void {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...record) {
    if (this.name === "op") window.writing();
    return put.apply(this, record);
  };
  let told = 0;
  new MutationObserver(() => {
    const tags = [...document.querySelectorAll("main .ledger .tag")];
    const stored = tags.filter((tag) => /已保存本机|待上传/.test(tag.textContent ?? "")).length;
    if (told < stored) window.told((told = stored));
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** A phone with its browser's profile on disk. */
class Phone {
  /** The most sheets that the page has called stored. */
  told = 0;
  private heard = { writing: () => {}, told: () => {} };

  private constructor(
    readonly context: BrowserContext,
    readonly pad: PadPage,
  ) {}

  static async start(profile: string, options: LaunchOptions & BrowserContextOptions, list = ""): Promise<Phone> {
    const context = await chromium.launchPersistentContext(profile, options);
    const pad = new PadPage(context.pages()[0]);
    pad.list = list;
    const phone = new Phone(context, pad);
    await context.exposeFunction("writing", () => phone.heard.writing());
    await context.exposeFunction("told", (sheets: number) => {
      phone.told = sheets;
      phone.heard.told();
    });
    await context.addInitScript(reportToTest);
    return phone;
  }

  /** Seals the marked sheet, and ends every process of the browser without a chance to tidy up. */
  async killWhileSealing({ after, ms }: (typeof DEATHS)[number]): Promise<void> {
    const moment = new Promise<void>((resolve) => (this.heard[after] = resolve));
    const gone = this.context.waitForEvent("close");
    const session = await this.context.browser()!.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    await this.pad.submit.evaluate((button: HTMLElement) => void setTimeout(() => button.click()));
    await moment;
    if (0 < ms) await new Promise((resolve) => setTimeout(resolve, ms));
    for (const { id } of processInfo) process.kill(id, "SIGKILL");
    await gone;
  }

  /** How many entries of the list have a sealed sheet. */
  async sealed(): Promise<number> {
    const words = await this.pad.page.getByText(/^已评 \d+ 家/).innerText();
    return Number(/\d+/.exec(words)![0]);
  }
}

test("a browser that is killed while it writes has lost no sheet that it called stored", async ({ server }, info) => {
  test.setTimeout(120_000);
  const { launchOptions, ...device } = info.project.use;
  const options = { ...device, ...launchOptions } as LaunchOptions & BrowserContextOptions;
  const organiser = await Organiser.create(server, "kill");
  const { contest, cards } = await organiser.underWay({ entries: DEATHS.length, seats: 1 });
  const profile = mkdtempSync(join(tmpdir(), "leitai-profile-"));

  let phone = await Phone.start(profile, options);
  await phone.pad.pair(cards[0]);
  for (const [index, death] of DEATHS.entries()) {
    await network(phone.context, false);
    await phone.pad.choose(`第${index + 1}村`);
    await phone.pad.page.keyboard.type(String(80 + index));
    await phone.pad.page.keyboard.press("Enter");
    await phone.pad.page.waitForURL(/\/review$/);
    await phone.killWhileSealing(death);
    const { told, pad } = phone;
    phone = await Phone.start(profile, options, pad.list);
    await network(phone.context, false);
    await phone.pad.reopen();
    const kept = await phone.sealed();
    expect(kept, `killed ${death.ms} ms after ${death.after}`).toBeGreaterThanOrEqual(told);
    if (kept <= index) {
      // The write was lost before it was called stored: the draft is still there to seal.
      await phone.pad.choose(`第${index + 1}村`);
      await phone.pad.type([]);
    }
  }
  await network(phone.context, true);
  const sheets = await phone.pad.sentOnce(DEATHS.length);
  expect(sheets.map((sheet) => sheet.marks[0].millis / 1_000).sort()).toEqual(DEATHS.map((_, index) => 80 + index));
  expect((await organiser.desk(contest)).tally).toMatchObject({ received: DEATHS.length, quarantined: 0 });
  await phone.context.close();
  rmSync(profile, { recursive: true, force: true });
});
