// The browser dies around the moment in which a sealed sheet is written. What the page had called
// stored is there when the same profile starts again without a network; what was not stored is
// still a draft; and each sheet goes up once.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type BrowserContext, type BrowserContextOptions, type LaunchOptions, chromium } from "@playwright/test";
import { Organiser } from "../../fixtures/organiser.ts";
import { expect, network, test } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";

/** Milliseconds from the tap to the browser's death; without a number it waits for the page's word. */
const DEATHS = [0, 4, 8, 16, 32, undefined];
const STORED = /已保存本机|待上传/;
const DRAFT = /已评 1\/1/;

/** Counts the sheets that the judge's list calls stored, and says so in the console. */
function reportStored(words: string): void {
  const stored = new RegExp(words);
  let told = 0;
  new MutationObserver(() => {
    const tags = [...document.querySelectorAll("main .ledger .tag")];
    const now = tags.filter((tag) => stored.test(tag.textContent ?? "")).length;
    if (told < now) console.log(`stored ${(told = now)}`);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** A phone with its browser's profile on disk. */
class Phone {
  /** The most sheets that the page has called stored. */
  told = 0;

  private constructor(
    readonly profile: string,
    readonly context: BrowserContext,
    readonly pad: PadPage,
  ) {}

  static async start(profile: string, options: LaunchOptions & BrowserContextOptions, list = ""): Promise<Phone> {
    const context = await chromium.launchPersistentContext(profile, options);
    const pad = new PadPage(context.pages()[0]);
    pad.list = list;
    const phone = new Phone(profile, context, pad);
    pad.page.on("console", (message) => {
      const told = /^stored (\d+)$/.exec(message.text());
      if (told) phone.told = Number(told[1]);
    });
    await context.addInitScript(reportStored, STORED.source);
    return phone;
  }

  /** Taps on 提交, and ends every process of the browser without a chance to tidy up. */
  async killAfterTap(ms: number | undefined, before: number): Promise<void> {
    const browser = browserOf(this.profile);
    const closed = this.context.waitForEvent("close");
    await this.pad.submit.evaluate((button: HTMLElement) => void setTimeout(() => button.click()));
    if (ms === undefined) await expect.poll(() => this.told).toBeGreaterThan(before);
    else await delay(ms);
    // Its children are of one group with it.
    process.kill(-browser, "SIGKILL");
    await closed;
  }

  /** What the list says of an entry's sheet. */
  tagOf(name: string) {
    return this.pad.page.locator("main .ledger").getByRole("listitem").filter({ hasText: name }).locator(".tag");
  }
}

/** The id of the browser that works on the profile. */
function browserOf(profile: string): number {
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const command = commandOf(id);
    if (command.includes(`--user-data-dir=${profile}\0`) && !command.includes("--type=")) return Number(id);
  }
  throw new Error(`no browser on ${profile}`);
}

function commandOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "utf8");
  } catch {
    // It ended meanwhile.
    return "";
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
  for (const [index, ms] of DEATHS.entries()) {
    const name = `第${index + 1}村`;
    await network(phone.context, false);
    await phone.pad.choose(name);
    await phone.pad.page.keyboard.type(String(80 + index));
    await phone.pad.page.keyboard.press("Enter");
    await phone.pad.page.waitForURL(/\/review$/);
    const before = phone.told;
    await phone.killAfterTap(ms, before);
    const wasTold = before < phone.told;
    const { list } = phone.pad;
    phone = await Phone.start(profile, options, list);
    await network(phone.context, false);
    await phone.pad.reopen();
    for (const earlier of DEATHS.keys()) {
      if (earlier < index) await expect(phone.tagOf(`第${earlier + 1}村`)).toHaveText(STORED);
    }
    const tag = phone.tagOf(name);
    if (wasTold) await expect(tag).toHaveText(STORED);
    await expect(tag).toHaveText(new RegExp(`${STORED.source}|${DRAFT.source}`));
    // A sheet that was written but whose draft is not yet gone stands as a draft for a moment.
    await phone.pad.page.waitForTimeout(500);
    if (DRAFT.test(await tag.innerText())) {
      await phone.pad.choose(name);
      await phone.pad.page.keyboard.press("Enter");
      await phone.pad.type([]);
    }
    phone.told = index + 1;
  }
  await network(phone.context, true);
  const sheets = await phone.pad.sentOnce(DEATHS.length);
  expect(sheets.map((sheet) => sheet.marks[0].millis / 1_000).sort()).toEqual(DEATHS.map((_, index) => 80 + index));
  expect((await organiser.desk(contest)).tally).toMatchObject({ received: DEATHS.length, quarantined: 0 });
  await phone.context.close();
  rmSync(profile, { recursive: true, force: true });
});
