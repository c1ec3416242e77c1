// What a season lists is tapped, what a group says about its flags and what a unit answers to its
// records: each without network, each arriving once, and each seen at the desk.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext } from "@playwright/test";
import { claim, link } from "../../fixtures/links.ts";
import { ASKED, Month, PERIOD, UNITS } from "../../fixtures/month.ts";
import { LeitaiServer } from "../../fixtures/server.ts";
import { alive, expect, fair, network, phone, test } from "../../fixtures/test.ts";

const FIGURES =
  "赛季,月份,指标,单位,完成值,目标值\n" +
  UNITS.map((_, at) => `2026,${PERIOD},TZ,0${at + 1},${9 - at},9\n`).join("");
const ITEMS = [
  { dimension: "责任落实", name: "河道有漂浮物", points: "-2", cap: "3" },
  { dimension: "服务成效", name: "市级表彰", points: "1.5" },
];

declare global {
  interface Window {
    diskIsFull: boolean;
  }
}

test("items by tap, a word about the flags and an answer, all of them without network", async ({ browser, context }) => {
  test.setTimeout(240_000);
  const server = await LeitaiServer.start();
  try {
    await story(browser, context, server);
  } finally {
    await server.stop();
  }
});

/** The disk takes what is written and then gives it back, as Chrome does when it is full. */
function fullDisk(): void {
  window.diskIsFull = false;
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...record) {
    const request = add.apply(this, record);
    if (window.diskIsFull && this.name === "op") {
      request.addEventListener("success", () => {
        const full = new DOMException("no space left", "QuotaExceededError");
        Object.defineProperty(this.transaction, "error", { value: full });
        this.transaction.abort();
      });
    }
    return request;
  };
}

/** The season lists these items from now on. */
function listItems(server: LeitaiServer): void {
  const charter = JSON.parse(server.run("season", "2026"));
  const file = join(server.folder, "charter.json");
  writeFileSync(file, JSON.stringify({ ...charter, items: ITEMS }));
  server.run("season", "2026", "--charter", file);
}

async function story(browser: Browser, context: BrowserContext, server: LeitaiServer): Promise<void> {
  const month = await Month.begin(browser, server, { "figures.csv": FIGURES });
  listItems(server);
  const { organiser, season, staff } = month;

  // An inspector taps the same item twice; the month takes three points of the four.
  const issue = { do: "issue_inspector", holder: "第一检查组" };
  const inspector = await claim(context, await link(organiser, season, issue, "第一检查组"));
  await network(context, false);
  for (const reason of ["村口河段", "桥下"]) {
    await inspector.getByRole("button", { name: "记一笔" }).click();
    await inspector.getByRole("button", { name: "竹海乡" }).click();
    await inspector.getByRole("button", { name: "市级表彰" }).click();
    await inspector.getByRole("button", { name: "换一项" }).click();
    await fair(inspector);
    await inspector.getByRole("button", { name: "河道有漂浮物" }).click();
    await inspector.getByLabel("情况").fill(reason);
    await inspector.reload();
    await alive(inspector);
    await expect(inspector.getByLabel("情况"), "what was typed is still there").toHaveValue(reason);
    await inspector.getByRole("button", { name: "提交" }).dblclick();
    await expect(inspector.getByText(/待上传|已保存本机/).first()).toBeVisible();
  }
  await network(context, true);
  await expect(inspector.getByText("已送达，待确认")).toHaveCount(2, { timeout: ASKED });
  await fair(inspector);

  // The confirmer of the group lets both count, and agrees to the flags of the close.
  const office = await phone(browser);
  const confirms = { do: "issue_confirmer", holder: "乡镇组领导小组", group: "乡镇组" };
  const confirmer = await claim(office, await link(organiser, season, confirms, "乡镇组领导小组"));
  for (const left of [2, 1]) {
    await expect(confirmer.getByRole("button", { name: "确认" })).toHaveCount(left);
    await confirmer.getByRole("button", { name: "确认" }).first().click();
  }
  await expect(confirmer.getByText("您看过的")).toBeVisible({ timeout: ASKED });
  await expect.poll(async () => (await month.desk()).merits.map(({ points }) => points)).toEqual(["-2", "-2"]);
  await month.say(organiser, { do: "close", reason: "" });
  await confirmer.reload();
  await alive(confirmer);
  await expect(confirmer.getByText("流动旗认定")).toBeVisible({ timeout: ASKED });
  await network(office, false);
  await confirmer.getByRole("button", { name: "同意", exact: true }).click();
  await fair(confirmer);
  await confirmer.getByRole("button", { name: "没错，同意" }).dblclick();
  await expect(confirmer.getByText(/待上传|已保存本机/).first()).toBeVisible();
  await confirmer.reload();
  await alive(confirmer);
  await network(office, true);
  await expect.poll(async () => (await month.desk()).flags, { timeout: ASKED }).toMatchObject([
    { group: "乡镇组", decision: { is_agreed: true } },
  ]);
  const closed = await month.desk();
  expect(closed.merits.map(({ item }) => item)).toEqual(["河道有漂浮物", "河道有漂浮物"]);
  expect(closed.merits.filter(({ cut }) => cut)).toHaveLength(1);
  await month.post();
  await staff.open(`/months/${season}/${PERIOD}`);
  await expect(staff.page.getByText("村口河段").first()).toBeVisible();

  // The unit answers one of the two records.
  const town = await phone(browser);
  await town.addInitScript(fullDisk);
  const unit = await claim(town, await link(organiser, season, { do: "issue_units" }, "竹海乡"));
  await expect(unit.getByText("请交一份书面整改")).toBeVisible();
  await fair(unit);
  await network(town, false);
  await unit.getByRole("button", { name: "写整改" }).first().click();
  await unit.getByLabel("内容").fill("已派人清理，三日内装拦污网");
  await fair(unit);
  await unit.evaluate(() => (window.diskIsFull = true));
  await unit.getByRole("button", { name: "提交说明" }).click();
  await expect(unit.getByText("写的还在这一页")).toBeVisible();
  await unit.evaluate(() => (window.diskIsFull = false));
  await unit.getByRole("button", { name: "再试一次" }).dblclick();
  await expect(unit.getByText(/待上传|已保存本机/).first()).toBeVisible();
  await unit.reload();
  await alive(unit);
  await network(town, true);
  await expect(unit.getByText("已派人清理，三日内装拦污网")).toHaveCount(1, { timeout: ASKED });
  const answered = (await month.desk()).merits.flatMap(({ replies }) => replies);
  expect(answered).toMatchObject([{ words: "已派人清理，三日内装拦污网" }]);
  await month.remind("竹海乡", "一周内清理河道");
  await unit.reload();
  await expect(unit.getByText("要求：一周内清理河道")).toBeVisible({ timeout: ASKED });

  // Its page is remembered by this phone: it comes first, says what waits, and reads without network.
  await unit.getByRole("link", { name: "本单位" }).click();
  await unit.waitForURL(/\/units\//);
  await alive(unit);
  await expect(unit.getByText("有 1 件等本单位回复")).toBeVisible();
  await unit.getByRole("button", { name: "记住" }).click();
  await alive(unit);
  await expect(unit.getByRole("button", { name: "不再" })).toBeVisible();
  await network(town, false);
  for (const path of ["/", "/boards"]) {
    await unit.goto(`${server.url}${path}`);
    await alive(unit);
    await expect(unit.locator("[data-mine]")).toContainText("竹海乡");
    await expect(unit.getByRole("button", { name: /的数据$/ })).toBeVisible();
    await fair(unit);
  }
  await unit.locator("[data-mine]").click();
  await unit.waitForURL(/\/units\//);
  await alive(unit);
  await expect(unit.getByText("有 1 件等本单位回复")).toBeVisible();
  await unit.getByRole("link", { name: "去回复" }).click();
  await unit.waitForURL(/\/field\//);
  await expect(unit.getByText("要求：一周内清理河道")).toBeVisible();
  for (const each of [office, town]) await each.close();
}
