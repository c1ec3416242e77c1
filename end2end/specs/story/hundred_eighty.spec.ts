// Nine judges score twenty contestants without a network, with pads closed and reopened in the
// middle, and all 180 sheets arrive exactly once.
import { Organiser } from "../../fixtures/organiser.ts";
import { alive, expect, network, test } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";

const ENTRIES = 20;

test("nine judges score twenty contestants offline and 180 sheets arrive once", async ({ browser, server }) => {
  test.setTimeout(480_000);
  const organiser = await Organiser.create(server, "hundred");
  const contest = await organiser.contest({ entries: ENTRIES, seats: 9 });
  const cards = await organiser.cards(contest);

  await Promise.all(
    [cards.slice(0, 3), cards.slice(3, 6), cards.slice(6)].map(async (third) => {
      for (const card of third) {
        const context = await browser.newContext({ hasTouch: true });
        let pad = await PadPage.open(context);
        await pad.pair(card);
        const list = pad.page.url();
        await network(context, false);
        await pad.page.reload();
        const alone = pad.page.getByRole("button", { name: "自己按顺序评" });
        await alone.click({ timeout: 60_000 });
        for (let entry = 1; entry <= ENTRIES; entry++) {
          if (entry === 11) {
            // The judge closes the page and comes back to it, still without a network.
            await pad.page.close();
            pad = await PadPage.open(context);
            await pad.page.goto(list);
            await alive(pad.page);
            // On the page of an entry that is not on yet, the way on is offered too.
            await pad.page.getByRole("link", { name: `第${entry}村` }).click();
            await expect(pad.page.getByText("还没轮到这一家")).toBeVisible();
            await pad.page.getByRole("button", { name: "自己按顺序评" }).click({ timeout: 60_000 });
            await expect(pad.page.getByRole("group", { name: "数字键" })).toBeVisible();
          } else await pad.choose(`第${entry}村`);
          const mark = [String(60 + card.number + entry)];
          await (card.number <= 2 ? pad.tap(mark) : pad.type(mark));
        }
        await expect(pad.slip).toContainText("20");
        await network(context, true);
        await expect(pad.slip).toHaveAttribute("data-state", /synced|saved/, { timeout: 60_000 });
        await context.close();
      }
    }),
  );
  const desk = await organiser.desk(contest);
  const sheets = desk.seats.flatMap((seat) => seat.entries.map((entry) => entry.sheet));
  expect(sheets).toHaveLength(180);
  expect(sheets.filter((sheet) => sheet === "missing" || sheet === "conflict")).toEqual([]);
});
