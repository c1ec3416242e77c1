// The host's tablet: claimed by a card of its own, it opens and closes gates that a judge's pad
// follows, sends a command again when the network comes back, and can be taken over.
import AxeBuilder from "@axe-core/playwright";
import { type Browser, type Page } from "@playwright/test";
import { type Card, Organiser } from "../../fixtures/organiser.ts";
import { alive, expect, network, test } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";

const HOLD_MS = 1300;

/** Opens a card's link in a browser of its own and enters the digits. */
async function claim(browser: Browser, card: Card): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 } });
  const page = await context.newPage();
  await page.goto(card.url);
  await alive(page);
  await new PadPage(page).enter(card.digits);
  return page;
}

async function claimHost(browser: Browser, card: Card): Promise<Page> {
  const page = await claim(browser, card);
  await page.waitForURL(/\/host\/[0-9a-f-]+$/);
  return page;
}

test("the host opens and closes by the rules, and the judge's pad follows", async ({ browser, server }) => {
  const organiser = await Organiser.create(server, "host-gates");
  const contest = await organiser.contest({ entries: 2, seats: 1, title: "主持擂台" });
  const [seat] = await organiser.cards(contest);
  const card = await organiser.hostCard(contest);
  const judge = await claim(browser, seat);
  await judge.waitForURL(/\/seat\//);
  const host = await claimHost(browser, card);
  expect(host.url(), "the secret left the address bar").not.toContain("#");
  await expect(host.locator(".onstage h2")).toHaveText("第1村");

  await host.getByRole("button", { name: "开始打分" }).click();
  await expect(host.locator(".clock .num")).toHaveText(/^\d{4}$/);
  const row = judge.locator(".row", { hasText: "第1村" });
  await expect(row).toContainText("打分中");
  await expect(host.locator(".seats-head")).toContainText("/ 1 已收");

  const close = host.getByRole("button", { name: /^封卷/ });
  await close.click({ delay: HOLD_MS });
  const dialog = host.getByRole("dialog");
  await expect(dialog).toContainText("还有 1 席没有收到");
  await dialog.getByRole("button", { name: "封卷" }).click();
  await expect(dialog).toContainText("这一项要填");
  await dialog.getByLabel("理由").fill("评委离场");
  await dialog.getByRole("button", { name: "封卷" }).click();
  await expect(host.locator(".onstage")).toContainText("封卷");
  await expect(host.locator(".clock")).toHaveCount(0);
  await expect(row).toContainText("已封卷");
  await judge.context().close();
  await host.context().close();
});

test("a command without an answer says so, and sending it again acts once", async ({ browser, server }) => {
  const organiser = await Organiser.create(server, "host-retry");
  const contest = await organiser.contest({ entries: 1, seats: 1 });
  const host = await claimHost(browser, await organiser.hostCard(contest));
  const open = host.getByRole("button", { name: "开始打分" });
  await expect(open).toBeVisible();
  await network(host.context(), false);
  await open.click();
  await expect(host.getByRole("alert")).toContainText("什么都没有改变");
  expect((await organiser.desk(contest)).entries[0].gate).toMatchObject({ state: "pending", number: 0 });
  await network(host.context(), true);

  // Now the command arrives and its answer is lost: the page says so until it hears of the gate.
  await host.route(/\/api\/v1\/host\//, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort();
  });
  await host.getByRole("button", { name: "重试" }).click();
  await expect.poll(async () => (await organiser.desk(contest)).entries[0].gate.number).toBe(1);
  await expect(host.getByRole("alert")).toHaveCount(0);
  await expect(host.locator(".clock .num")).toHaveText(/^\d{4}$/);
  expect((await organiser.desk(contest)).entries[0].gate).toMatchObject({ state: "open", number: 1 });
  await host.context().close();
});

test("a take-over is seen by both tablets and by the organiser", async ({ browser, server }) => {
  const organiser = await Organiser.create(server, "host-taken");
  const contest = await organiser.contest({ entries: 2, seats: 1 });
  const card = await organiser.hostCard(contest);
  const first = await claimHost(browser, card);
  await expect(first.locator(".onstage")).toBeVisible();

  const second = await claim(browser, card);
  await second.getByRole("button", { name: "接管到本机" }).click();
  await second.waitForURL(/\/host\//);
  await expect(second.getByText("从另一台设备接管来的")).toBeVisible();
  await expect(first.getByRole("alert")).toContainText("主持已由另一台设备接管");
  expect((await organiser.host(contest)).pairing?.took_over_at).toBeTruthy();

  await organiser.command(contest, { do: "withdraw_card", seat: null });
  await expect(second.getByRole("alert")).toContainText("会务收回了主持卡");
  await first.context().close();
  await second.context().close();
});

test("the host's page is clean for axe and fits a phone", async ({ browser, server }) => {
  const organiser = await Organiser.create(server, "host-look");
  const contest = await organiser.contest({ entries: 3, seats: 1 });
  const host = await claimHost(browser, await organiser.hostCard(contest));
  await host.getByRole("button", { name: "开始打分" }).click();
  await expect(host.locator(".clock .num")).toBeVisible();
  for (const size of [{ width: 1024, height: 768 }, { width: 360, height: 740 }]) {
    await host.setViewportSize(size);
    const found = await new AxeBuilder({ page: host }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
    expect(found.violations.map((each) => `${each.id}: ${each.nodes[0]?.target}`)).toEqual([]);
    expect(await host.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  }
  // The way back to it is listed with the seats of the device.
  await host.goto(`${server.url}/seat`);
  await alive(host);
  await host.getByRole("link", { name: /主持/ }).click();
  await expect(host.locator(".clock .num")).toBeVisible();
  await host.context().close();
});
