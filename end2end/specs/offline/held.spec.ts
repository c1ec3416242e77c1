// Sheets that wait for a person: one that the server cannot read, one of which the server says what
// this build does not know, and two versions of one seat. Each is shown, and none counts by itself.
import { createHmac } from "node:crypto";
import { Organiser } from "../../fixtures/organiser.ts";
import { expect, network, test } from "../../fixtures/test.ts";
import { type Credential, PadPage } from "../../pages/pad.page.ts";

interface SignedOp {
  body: string;
  mac: string;
}

/** The same op with its first mark twice, which no reader accepts, sealed with the seat's key. */
function malformed({ body }: SignedOp, { seat_key }: Credential): SignedOp {
  const op = JSON.parse(body);
  op.change.seal.marks.push(op.change.seal.marks[0]);
  const broken = JSON.stringify(op);
  const mac = createHmac("sha256", Buffer.from(seat_key, "hex")).update(broken).digest("hex");
  return { body: broken, mac };
}

test("a malformed sheet is set aside alone and shown to judge and organiser", async ({ browser, context, server }) => {
  const organiser = await Organiser.create(server, "malformed");
  const { contest, cards } = await organiser.underWay({ entries: 2, seats: 1 });
  const pad = await PadPage.open(context);
  await pad.pair(cards[0]);
  const credential = await pad.credential();
  await network(context, false);
  await pad.score("第1村", ["61"]);
  await pad.score("第2村", ["62"]);
  await context.route("**/api/v1/sync/push", (route) => {
    const request = route.request().postDataJSON();
    request.ops[0] = malformed(request.ops[0], credential);
    return route.continue({ postData: JSON.stringify(request) });
  });
  await network(context, true);

  await expect(pad.slip).toContainText("需处理 1", { timeout: 30_000 });
  await pad.slip.click();
  const rows = pad.page.getByRole("dialog").getByRole("listitem");
  const [broken, whole] = ["第1村", "第2村"].map((name) => rows.filter({ hasText: name }));
  await expect(broken).toContainText("服务器没有收。这份还在本机，请叫会务核对。代号 malformed");
  await expect(whole).toContainText(/已上传|离线补传/);

  const desk = await organiser.desk(contest);
  expect(desk.tally).toMatchObject({ received: 1, counted: 1 });
  expect(desk.unreadable).toMatchObject([{ reason: "malformed" }]);
  const staff = await organiser.tablet(browser);
  const { page } = staff;
  await staff.open(`/admin/contests/${contest}`);
  const note = page.getByRole("complementary").locator(".late");
  await expect(note).toContainText("1 号席");
  await expect(note).toContainText("读不出来，已原样留存，没有计入");
  await page.context().close();
});

test("a sheet of which a newer server says what the pad cannot place is kept, and sent again", async ({ context, server }) => {
  const organiser = await Organiser.create(server, "newer-server");
  const { contest, cards } = await organiser.underWay({ entries: 1, seats: 1 });
  const pad = await PadPage.open(context);
  await pad.pair(cards[0]);
  await context.route("**/api/v1/sync/push", async (route) => {
    const { protocol, batch, ops } = route.request().postDataJSON();
    const { op_id } = JSON.parse(ops[0].body);
    const outcomes = [{ index: 0, op_id, outcome: { postponed: { until: 3 } } }];
    await route.fulfill({ json: { protocol, batch, server_time: Date.now(), outcomes } });
  });
  await pad.score("第1村", ["63"]);
  await expect(pad.slip).toContainText("需处理 1", { timeout: 30_000 });
  await pad.slip.click();
  const row = pad.page.getByRole("dialog").getByRole("listitem").filter({ hasText: "第1村" });
  await expect(row).toContainText("这份还在本机，可以再试一次。代号 outcome");
  expect((await organiser.desk(contest)).tally.received).toBe(0);

  await context.unrouteAll();
  await row.getByRole("button").click();
  await pad.sentOnce(1);
});

test("two devices' versions stand side by side until the organiser chooses one", async ({ browser, server }) => {
  const organiser = await Organiser.create(server, "conflict");
  const { contest, cards, entries } = await organiser.underWay({ entries: 1, seats: 1 });
  const first = await PadPage.open(await browser.newContext());
  await first.pair(cards[0]);
  await network(first.page.context(), false);
  await first.score("第1村", ["80"]);
  const second = await PadPage.open(await browser.newContext());
  await second.takeOver(cards[0]);
  await second.score("第1村", ["90"]);
  await second.sentOnce(1);
  await network(first.page.context(), true);
  await expect.poll(async () => (await organiser.desk(contest)).held.length, { timeout: 30_000 }).toBe(2);
  expect((await organiser.desk(contest)).tally).toMatchObject({ received: 1, counted: 0 });
  await organiser.command(contest, { do: "close_gate", entry: entries[0].id, reason: "测试" });

  const staff = await organiser.tablet(browser);
  const { page } = staff;
  await staff.open(`/admin/contests/${contest}`);
  const sides = page.getByRole("article");
  await expect(sides).toHaveCount(2);
  const side = (total: string) => sides.filter({ has: page.locator(".num", { hasText: total }) });
  await expect(side("90.00")).toBeVisible();
  await side("80.00").getByRole("button", { name: "选这一份" }).click();
  await staff.answer("选这一份", "理由", "本人确认");
  await expect(sides).toHaveCount(0);
  expect((await organiser.desk(contest)).tally).toMatchObject({ received: 1, counted: 1 });
  await staff.open(`/admin/contests/${contest}/calculation`);
  await expect(page.locator("main")).toContainText("80.00");
  await expect(page.locator("main")).not.toContainText("90.00");
  for (const each of [first.page, second.page, page]) await each.context().close();
});
