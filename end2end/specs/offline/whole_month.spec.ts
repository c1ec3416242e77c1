// One month by its cards: a department gives the figures, an inspector records, a confirmer confirms,
// two accounts close and post, and a unit answers its slip. Every phone loses the network meanwhile.
import { type Browser, type BrowserContext } from "@playwright/test";
import { claim, link } from "../../fixtures/links.ts";
import { Organiser } from "../../fixtures/organiser.ts";
import { LeitaiServer } from "../../fixtures/server.ts";
import { alive, expect, fair, network, phone, test } from "../../fixtures/test.ts";

const UNITS = ["青禾镇", "石桥乡", "双河镇", "竹海乡"];
const FILES = {
  "units.csv": `编码,名称,层级,上级\n${UNITS.map((name, at) => `0${at + 1},${name},乡镇,\n`).join("")}`,
  "groups.csv": `赛季,组别,单位\n${UNITS.map((_, at) => `2026,乡镇组,0${at + 1}\n`).join("")}`,
  "indicators.csv":
    "赛季,编码,名称,计量单位,权重,方向,计分,步长,频次,门槛,公开,数据来源\n" +
    "2026,TZ,投资,亿元,100,高,位次,0.05,月,否,是,统计局\n",
};

/** A phone asks for its view once a minute. */
const ASKED = 90_000;

interface Desk {
  merits: { state: string; points: string }[];
}

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
  const organiser = await Organiser.create(server, "organises");
  const second = await Organiser.create(server, "posts");
  const staff = await organiser.tablet(browser);
  for (const [name, text] of Object.entries(FILES)) {
    await staff.open("/admin/roster");
    await staff.upload("文件", "试导入", { name, text });
    await staff.applyImport();
  }
  const season = (await organiser.call<{ seasons: { id: string }[] }>("month/seasons")).seasons[0].id;
  const period = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 7);
  const desk = (who: Organiser) => who.call<Desk>("month/desk", { season, period });

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
  expect((await desk(organiser)).merits).toMatchObject([{ state: "confirmed", points: "-2" }]);

  // The figures arrive, the month is closed and posted, and the last one gets a slip.
  await network(context, true);
  await expect(source.getByText(/待上传|已保存本机/)).toHaveCount(0, { timeout: ASKED });
  const month = `/admin/months/${season}/${period}`;
  await staff.closeMonth(month);
  await (await second.tablet(browser)).postMonth(month);
  await staff.open(`/months/${season}/${period}`);
  await expect(staff.page.getByText("河道有漂浮物").first()).toBeVisible();
  await staff.open(`/months/${season}/${period}/poster`);
  await expect(staff.page.getByText("竹海乡").first()).toBeVisible();
  const { rows } = await organiser.call<{ rows: { matter: { rule: string }; unit_name: string }[] }>(
    "ladder/slips",
    { season, state: "proposed" },
  );
  const { matter } = rows.find((row) => row.unit_name === "竹海乡" && row.matter.rule === "提醒单")!;
  const due = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  const slip = { do: "issue", matter, reason: "本月末位", demand: "一周内清理河道", due, late: "" };
  await organiser.call("ladder/command", { command: slip });

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
