// The story of a contest: three judges score with the network off, reload, come back, and every
// sheet arrives exactly once; then the result is closed, posted, and on the board and the screen.
import { Organiser } from "../../fixtures/organiser.ts";
import { expect, network, test } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";

test("three judges score offline and the posted result is on board and screen", async ({ browser, server }) => {
  test.setTimeout(180_000);
  const organiser = await Organiser.create(server, "story");
  const contest = await organiser.contest({ entries: 2, seats: 3, title: "三席擂台" });
  const cards = await organiser.cards(contest);
  const entries = (await organiser.desk(contest)).entries;
  await organiser.command(contest, { do: "open_gate", entry: entries[0].id });

  const judges = [];
  for (const card of cards) {
    const context = await browser.newContext();
    const pad = await PadPage.open(context);
    await pad.pair(card);
    judges.push({ context, pad });
  }
  const marks = [["90", "88", "95"], ["85", "84", "80"]];
  for (const [seat, { context, pad }] of judges.entries()) {
    await network(context, false);
    await pad.page.reload();
    await pad.choose("第1村");
    await pad.type([marks[0][seat]]);
    await pad.page.reload();
    await expect(pad.slip).toHaveAttribute("data-state", /offline|queued/);
  }
  expect((await organiser.desk(contest)).tally.received).toBe(0);
  for (const { context, pad } of judges) {
    await network(context, true);
    await expect(pad.slip).toHaveAttribute("data-state", /synced|saved/, { timeout: 60_000 });
  }
  await expect.poll(async () => (await organiser.desk(contest)).tally.received).toBe(3);
  await organiser.command(contest, { do: "close_gate", entry: entries[0].id, reason: "" });

  await organiser.command(contest, { do: "open_gate", entry: entries[1].id });
  for (const [seat, { pad }] of judges.entries()) {
    await pad.page.goto(pad.page.url());
    await pad.choose("第2村");
    await pad.type([marks[1][seat]]);
  }
  await expect.poll(async () => (await organiser.desk(contest)).tally.received).toBe(6);

  const reader = await browser.newContext();
  const screen = await reader.newPage();
  await screen.goto(`${server.url}/screen/${contest}`);
  await expect(screen.locator("main")).not.toContainText("91.00");
  await organiser.command(contest, { do: "close_gate", entry: entries[1].id, reason: "" });
  await expect(screen.locator("main")).not.toContainText("91.00");
  await organiser.command(contest, { do: "post", reason: "" });

  // (90 + 88 + 95) / 3 and (85 + 84 + 80) / 3: three seats are below the trim's panel.
  await expect(screen.locator("main")).toContainText("91.00", { timeout: 20_000 });
  const board = await reader.newPage();
  await board.goto(`${server.url}/contests/${contest}`);
  await expect(board.locator("main")).toContainText("91.00");
  await expect(board.locator("main")).toContainText("83.00");
  await reader.close();
  for (const { context } of judges) await context.close();
});
