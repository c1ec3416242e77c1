// One month by its cards: a department gives the figures, an inspector records, a confirmer confirms,
// two accounts close and post, and a unit answers its slip. Every phone loses the network meanwhile.
import { type Browser, type BrowserContext } from "@playwright/test";
import { claim, link } from "../../fixtures/links.ts";
import { ASKED, Month, PERIOD, UNITS } from "../../fixtures/month.ts";
import { LeitaiServer } from "../../fixtures/server.ts";
import { alive, expect, fair, network, phone, test } from "../../fixtures/test.ts";

test("a month by its cards, with every phone offline in the middle", async ({ browser, context }) => {
  test.setTimeout(240_000);
  const server = await LeitaiServer.start();
  try {
    await story(browser, context, server);
  } finally {
    await server.stop();
  }
});

async function story(browser: Browser, context: BrowserContext, server: LeitaiServer): Promise<void> {
  const month = await Month.begin(browser, server);
  const { organiser, season, staff } = month;

  // The department: four figures, typed without network; the page dies in the middle.
  const source = await claim(context, await link(organiser, season, { do: "issue_sources" }, "统计局"));
  await expect(source.getByText("已填 0 / 4")).toBeVisible();
  await fair(source);
  await network(context, false);
  await source.getByRole("button", { name: "填数" }).click();
  for (const [at, value] of ["９.5", "8", "约七", "2"].entries()) {
    await source.getByLabel(UNITS[at]).fill(value);
  }
  await source.getByRole("button", { name: "提交 3 项" }).click();
  await expect(source.getByText("有 1 项不是数。")).toBeVisible();
  await fair(source);
  await source.reload();
  await alive(source);
  await source.getByRole("button", { name: "填数" }).click();
  await expect(source.getByLabel("石桥乡")).toHaveValue("8");
  await expect(source.getByLabel("双河镇")).toHaveValue("约七");
  await source.getByLabel("双河镇").fill("7");
  await source.getByRole("button", { name: "提交 4 项" }).dblclick();
  await expect(source.getByText(/待上传|已保存本机/).first()).toBeVisible();
  await source.reload();
  await alive(source);
  await expect(source.getByText("已填 4 / 4")).toBeVisible();

  // The inspector and the confirmer.
  const village = await phone(browser);
  const issue = { do: "issue_inspector", holder: "第一检查组" };
  const inspector = await claim(village, await link(organiser, season, issue, "第一检查组"));
  await network(village, false);
  await inspector.getByRole("button", { name: "记一笔" }).click();
  await inspector.getByPlaceholder("打名称或拼音首字母").fill("zh");
  await inspector.getByRole("button", { name: "竹海乡" }).click();
  await inspector.getByRole("radio", { name: "扣分" }).click();
  await inspector.getByRole("button", { name: "2", exact: true }).click();
  await inspector.getByLabel("类别").fill("责任落实");
  await inspector.getByLabel("情况").fill("河道有漂浮物");
  await inspector.getByRole("button", { name: "提交" }).click();
  await network(village, true);
  await expect(inspector.getByText("已送达，待确认")).toBeVisible({ timeout: ASKED });

  const office = await phone(browser);
  const confirms = { do: "issue_confirmer", holder: "督查室", group: "乡镇组" };
  const confirmer = await claim(office, await link(organiser, season, confirms, "督查室"));
  await expect(confirmer.getByText("河道有漂浮物")).toBeVisible();
  await fair(confirmer);
  await network(office, false);
  await confirmer.getByRole("button", { name: "确认" }).click();
  await expect(confirmer.getByText(/待上传|已保存本机/).first()).toBeVisible();
  await network(office, true);
  await expect(confirmer.getByText("您看过的")).toBeVisible({ timeout: ASKED });
  expect((await month.desk()).merits).toMatchObject([{ state: "confirmed", points: "-2" }]);

  // The figures arrive, the month is closed and posted, and the last one gets a slip.
  await network(context, true);
  await expect(source.getByText(/待上传|已保存本机/)).toHaveCount(0, { timeout: ASKED });
  const desk = `/admin/months/${season}/${PERIOD}`;
  await staff.closeMonth(desk);
  await (await month.second.tablet(browser)).postMonth(desk);
  await staff.open(`/months/${season}/${PERIOD}`);
  await expect(staff.page.getByText("河道有漂浮物").first()).toBeVisible();
  await staff.open(`/months/${season}/${PERIOD}/poster`);
  await expect(staff.page.getByText("竹海乡").first()).toBeVisible();
  await month.remind("竹海乡", "一周内清理河道");

  // The unit answers without network, and the answer stands beside the slip.
  const town = await phone(browser);
  const unit = await claim(town, await link(organiser, season, { do: "issue_units" }, "竹海乡"));
  await expect(unit.getByText("要求：一周内清理河道")).toBeVisible();
  await fair(unit);
  await network(town, false);
  await unit.getByRole("button", { name: "回复" }).click();
  await unit.getByLabel("内容").fill("已派人清理，明天完成");
  await unit.getByRole("button", { name: "提交回复" }).dblclick();
  await expect(unit.getByText(/待上传|已保存本机/).first()).toBeVisible();
  await unit.reload();
  await alive(unit);
  await network(town, true);
  await expect(unit.getByText("已派人清理，明天完成")).toHaveCount(1, { timeout: ASKED });
  await unit.getByRole("button", { name: "补一条回复" }).click();
  await expect(unit.getByLabel("内容")).toHaveValue("");
  for (const each of [village, office, town]) {
    await each.close();
  }
}
