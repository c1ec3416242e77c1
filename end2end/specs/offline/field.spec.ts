// An inspector in a village without network, and a unit that appeals: everything that was entered
// arrives once, and two people decide.
import { type Browser, type BrowserContext } from "@playwright/test";
import { claim, link } from "../../fixtures/links.ts";
import { Organiser } from "../../fixtures/organiser.ts";
import { LeitaiServer } from "../../fixtures/server.ts";
import { alive, expect, fair, network, phone, test } from "../../fixtures/test.ts";

interface Merit {
  id: string;
  unit_name: string;
  points: string;
  state: string;
  holder: string;
  appeal: { state: string; reason: string } | null;
  replies: { words: string }[];
}

const UNITS = "编码,名称,层级,上级\n01,青禾镇,乡镇,\n02,石桥乡,乡镇,\n";
const GROUPS = "赛季,组别,单位\n2026,乡镇组,01\n2026,乡镇组,02\n";

/** A season with two units, filled in from the roster page. */
async function season(organiser: Organiser, browser: Browser): Promise<string> {
  const staff = await organiser.tablet(browser);
  for (const [name, text] of [["units.csv", UNITS], ["groups.csv", GROUPS]]) {
    await staff.open("/admin/roster");
    await staff.upload("文件", "试导入", { name, text });
    await staff.applyImport();
  }
  await staff.page.context().close();
  return (await organiser.call<{ seasons: { id: string }[] }>("month/seasons")).seasons[0].id;
}

test("an inspector records without network, and each record arrives once", async ({ browser, context }) => {
  test.setTimeout(120_000);
  // A server of its own: other specs begin with an empty roster.
  const server = await LeitaiServer.start();
  try {
    await month(browser, context, server);
  } finally {
    await server.stop();
  }
});

async function month(browser: Browser, context: BrowserContext, server: LeitaiServer): Promise<void> {
  const organiser = await Organiser.create(server, "field");
  const id = await season(organiser, browser);
  const period = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 7);
  const merits = async () =>
    (await organiser.call<{ merits: Merit[] }>("month/desk", { season: id, period })).merits;
  const issue = { do: "issue_inspector", holder: "第一检查组" };
  const page = await claim(context, await link(organiser, id, issue, "第一检查组"));
  await expect(page.getByText("还没有记录")).toBeVisible();
  await fair(page);

  await network(context, false);
  await page.reload();
  await alive(page);
  await page.getByRole("button", { name: "记一笔" }).click();
  await page.getByPlaceholder("打名称或拼音首字母").fill("qh");
  await page.getByRole("button", { name: "青禾镇" }).click();
  await page.getByRole("radio", { name: "扣分" }).click();
  await page.getByRole("button", { name: "2", exact: true }).click();
  await page.getByLabel("类别").fill("责任落实");

  // A form that is not whole is not sent, and what was typed outlives the page.
  await page.getByRole("button", { name: "提交" }).click();
  await expect(page.getByText("写明情况，200 字以内。")).toBeVisible();
  await page.getByLabel("情况").fill("河道有漂浮物，约二十米");
  await page.reload();
  await alive(page);
  await expect(page.getByLabel("情况")).toHaveValue("河道有漂浮物，约二十米");
  await expect(page.getByText("青禾镇")).toBeVisible();
  await fair(page);
  await page.getByRole("button", { name: "提交" }).dblclick();
  await expect(page.getByText("−2")).toBeVisible();
  await page.reload();
  await alive(page);
  await expect(page.getByText(/待上传|已保存本机/).first()).toBeVisible();
  expect(await merits()).toEqual([]);

  await network(context, true);
  await expect(page.getByText("已送达，待确认")).toBeVisible({ timeout: 60_000 });
  const [merit, ...more] = await merits();
  expect(more).toEqual([]);
  expect(merit).toMatchObject({ unit_name: "青禾镇", points: "-2", state: "recorded", holder: "第一检查组" });

  // An account confirms it, and the unit may appeal, without network as well.
  await organiser.call("month/command", { season: id, period, command: { do: "confirm", merit: merit.id } });
  const card = await link(organiser, id, { do: "issue_units" }, "青禾镇");
  const unit = await phone(browser);
  const own = await claim(unit, card);
  await expect(own.getByText("河道有漂浮物，约二十米")).toBeVisible();
  await fair(own);
  await network(unit, false);
  await own.getByRole("button", { name: "申诉" }).click();
  await own.getByLabel("内容").fill("当天下午已清理");
  await own.reload();
  await alive(own);
  await own.getByRole("button", { name: "申诉" }).click();
  await expect(own.getByLabel("内容")).toHaveValue("当天下午已清理");
  await own.getByRole("button", { name: "提交申诉" }).click();
  await expect(own.getByText(/待上传|已保存本机/).first()).toBeVisible();
  // It answers the record as well, which is another matter.
  await own.getByRole("button", { name: "写整改" }).click();
  await own.getByLabel("内容").fill("十日内清理，专人值守");
  await own.getByRole("button", { name: "提交说明" }).click();
  await network(unit, true);
  await expect(own.getByText("申诉中")).toBeVisible({ timeout: 60_000 });
  expect((await merits())[0].appeal).toMatchObject({ state: "open", reason: "当天下午已清理" });
  await expect(own.getByText("十日内清理，专人值守")).toHaveCount(1, { timeout: 60_000 });
  expect((await merits())[0].replies).toMatchObject([{ words: "十日内清理，专人值守" }]);

  // Who confirmed it does not decide about it; another account does.
  const second = await Organiser.create(server, "field2");
  const staff = await second.tablet(browser);
  await staff.open(`/admin/months/${id}/${period}`);
  await staff.page.getByRole("button", { name: "申诉成立" }).click();
  await staff.answer("申诉成立", "理由", "照片属实");
  await expect(staff.page.getByText("申诉成立，这一笔已划掉")).toBeVisible();
  expect((await merits())[0].state).toBe("void");
  await unit.close();
}
