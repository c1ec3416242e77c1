// A pad that finds no network hands its sheets over as a file. Whoever imports it, and however
// often, each sheet is there once; the pad learns of it when it is online again.
import { readFileSync } from "node:fs";
import { Organiser } from "../../fixtures/organiser.ts";
import { expect, network, test } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";
import { StaffPage } from "../../pages/staff.page.ts";

/** Sends the file from the seats' page, looks at what it would change, and takes it. */
async function take(staff: StaffPage, contest: string, file: string, tally: { added: number; known: number }) {
  await staff.open(`/admin/contests/${contest}/seats`);
  await staff.upload("评委平板导出的文件", "读这个文件", file);
  await staff.expectTally("评分表", tally);
  await staff.applyImport();
}

test("a file of unsent sheets is imported twice and changes something once", async ({ browser, context, server }, info) => {
  const organiser = await Organiser.create(server, "handover");
  const { contest, cards } = await organiser.underWay({ entries: 2, seats: 1 });
  const pad = await PadPage.open(context);
  await pad.pair(cards[0]);
  await network(context, false);
  await pad.score("第1村", ["51"]);
  await pad.score("第2村", ["52"]);
  const downloading = pad.page.waitForEvent("download");
  await pad.page.getByRole("button", { name: "导出 2 份" }).click();
  const file = info.outputPath("unsent.json");
  await (await downloading).saveAs(file);
  expect(readFileSync(file, "utf8")).not.toContain((await pad.credential()).seat_key);

  const staff = await organiser.tablet(browser);
  await take(staff, contest, file, { added: 2, known: 0 });
  const { tally } = await organiser.desk(contest);
  expect(tally).toMatchObject({ received: 2, counted: 2, quarantined: 0 });
  await take(staff, contest, file, { added: 0, known: 2 });
  expect((await organiser.desk(contest)).tally).toEqual(tally);
  await staff.page.context().close();

  await expect(pad.slip).toContainText("待上传 2");
  await network(context, true);
  await pad.sentOnce(2);
  await expect(pad.page.getByRole("button", { name: /^导出/ })).toHaveCount(0);
  expect((await organiser.desk(contest)).tally).toEqual(tally);
});
