// What lies on the phone's disk survives whatever happens to the page.
import { Organiser } from "../../fixtures/organiser.ts";
import { alive, expect, network, test } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";

declare global {
  interface Window {
    /** Lets the measuring go on, and waits until the page has shown what came of it. */
    measureStorage(): Promise<void>;
  }
}

function measureWhenAsked(): void {
  const estimate = navigator.storage.estimate.bind(navigator.storage);
  const asked = new Promise<void>((resolve) => {
    window.measureStorage = async () => {
      resolve();
      await estimate();
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    };
  });
  navigator.storage.estimate = () => asked.then(estimate);
}

test("a draft, a sealed sheet and the way back survive reloads without a network", async ({ context, server }) => {
  const organiser = await Organiser.create(server, "draft");
  const contest = await organiser.contest({ entries: 2, seats: 1 });
  const [card] = await organiser.cards(contest);
  const entries = (await organiser.desk(contest)).entries;
  await organiser.command(contest, { do: "open_gate", entry: entries[0].id });
  const pad = await PadPage.open(context);
  await pad.pair(card);
  expect(pad.page.url()).not.toContain("#");
  await network(context, false);
  await pad.page.reload();
  await pad.choose("第1村");
  await pad.page.keyboard.type("87");
  await pad.page.reload();
  await alive(pad.page);
  await expect(pad.page.locator(".dial output")).toHaveText(/87/);
  await pad.page.keyboard.press("Enter");
  await pad.page.getByRole("button", { name: /^提交/ }).click();
  await pad.page.waitForURL((url) => !url.pathname.endsWith("/review"));
  await pad.page.reload();
  await expect(pad.slip).toContainText("1");
  await network(context, true);
  await expect.poll(async () => (await organiser.desk(contest)).tally.received, { timeout: 60_000 }).toBe(1);
});

test("what is typed on a card stays when the phone has measured its storage", async ({ context, server }) => {
  const organiser = await Organiser.create(server, "typed");
  const contest = await organiser.contest({ entries: 1, seats: 1 });
  const [card] = await organiser.cards(contest);
  const pad = await PadPage.open(context);
  await pad.page.addInitScript(measureWhenAsked);
  await pad.page.goto(card.url);
  await alive(pad.page);
  await pad.page.getByLabel("第 1 位").click();
  await pad.page.keyboard.type(card.digits);
  await pad.page.evaluate(() => window.measureStorage());
  await expect(pad.page.getByLabel("第 4 位")).toHaveValue(card.digits[3]);
  await pad.page.getByRole("checkbox").check();
  await pad.page.getByRole("button", { name: "领取席位，准备评分" }).click();
  await pad.page.waitForURL(/\/seat\/[0-9a-f-]+$/);
});

test("two tabs of one seat send a sheet once", async ({ context, server }) => {
  const organiser = await Organiser.create(server, "tabs");
  const contest = await organiser.contest({ entries: 1, seats: 1 });
  const [card] = await organiser.cards(contest);
  const [entry] = (await organiser.desk(contest)).entries;
  await organiser.command(contest, { do: "open_gate", entry: entry.id });
  const first = await PadPage.open(context);
  await first.pair(card);
  const second = await PadPage.open(context);
  await second.page.goto(first.page.url());
  await alive(second.page);
  await first.choose("第1村");
  await first.type(["77"]);
  await expect.poll(async () => (await organiser.desk(contest)).tally.received, { timeout: 30_000 }).toBe(1);
  const desk = await organiser.desk(contest);
  expect(desk.held).toEqual([]);
  expect(desk.tally).toMatchObject({ received: 1, counted: 1, quarantined: 0 });
});

test("two tabs that do not hear each other give no number twice and lose nothing", async ({ context, server }) => {
  const organiser = await Organiser.create(server, "deaf");
  const { contest, cards } = await organiser.underWay({ entries: 3, seats: 1 });
  await context.addInitScript(() => {
    BroadcastChannel.prototype.postMessage = () => {};
  });
  const first = await PadPage.open(context);
  await first.pair(cards[0]);
  const second = await PadPage.open(context);
  second.list = first.list;
  await second.reopen();
  await network(context, false);
  await first.score("第1村", ["81"]);
  await second.score("第2村", ["82"]);
  await first.score("第3村", ["83"]);
  await network(context, true);
  await first.sentOnce(3);
  await second.reopen();
  await second.sentOnce(3);
  expect((await organiser.desk(contest)).tally).toMatchObject({ received: 3, counted: 3, quarantined: 0 });
});

test("a second device takes the seat over and the first one is told", async ({ browser, server }) => {
  const organiser = await Organiser.create(server, "takeover");
  const contest = await organiser.contest({ entries: 1, seats: 1 });
  const [card] = await organiser.cards(contest);
  const one = await PadPage.open(await browser.newContext());
  await one.pair(card);
  const two = await PadPage.open(await browser.newContext());
  await two.takeOver(card);
  await expect(one.page.getByText("这个席位已被另一台设备接管")).toBeVisible({ timeout: 30_000 });
  await one.page.context().close();
  await two.page.context().close();
});
