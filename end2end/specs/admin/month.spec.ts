// The month's end: what is missing comes in by import, one account closes, the other posts, and
// readers see it at once.
import { type Browser, type Page } from "@playwright/test";
import AxeBuilder from "@axe-core/playwright";
import { expectPicture } from "../../fixtures/png.ts";
import { PASSWORD, TABLET, oneTimePassword } from "../../fixtures/organiser.ts";
import { LeitaiServer } from "../../fixtures/server.ts";
import { expect, test } from "../../fixtures/test.ts";
import { StaffPage } from "../../pages/staff.page.ts";

/** The figures that the last three units of the demo still owe. */
const MISSING = ["S03", "S04", "S05"]
  .flatMap((unit) =>
    [
      ["XM", "4.5", "8"],
      ["ZS", "3.9", "6"],
      ["ZJ", "150", ""],
      ["SR", "380.5", "360"],
      ["CY", "９２．５", ""],
      ["MY", "88.1%", "85"],
      ["AQ", "0", "0"],
    ].map(([indicator, value, goal]) => `2025—2026,2026年9月,${indicator},${unit},${value},${goal}`),
  )
  .join("\n");

async function signedIn(browser: Browser, server: LeitaiServer, login: string): Promise<StaffPage> {
  const line = server.printed.split("\n").find((each) => each.startsWith(`${login} `))!;
  const context = await browser.newContext(TABLET);
  const staff = new StaffPage(await context.newPage(), server.url);
  await staff.signIn(login, oneTimePassword(line));
  await staff.changePassword(oneTimePassword(line), PASSWORD);
  return staff;
}

/** The files of the month that was just posted, by their Chinese names, and the bulletin on paper. */
async function expectFiles(page: Page): Promise<void> {
  for (const [link, name] of [
    ["通报 XLSX", "云岭县2026年9月通报（第1版）.xlsx"],
    ["通报 DOCX", "云岭县2026年9月通报（第1版）.docx"],
    ["见报表 XLSX", "云岭县2026年9月见报表（第1版）.xlsx"],
    ["流动旗交接单 DOCX", "云岭县2026年9月流动旗交接单（第1版）.docx"],
  ]) {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: link }).click();
    expect((await download).suggestedFilename()).toBe(name);
  }
  const picture = page.waitForEvent("download");
  await page.getByRole("link", { name: "存成图片" }).click();
  await expectPicture(page, await picture, "云岭县2026年9月榜单.png");
  await page.getByRole("link", { name: "打印通报" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("2026年9月通报");
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  for (const [, width, height] of pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)) {
    expect(Number(width), "it lies").toBeGreaterThan(Number(height));
  }
}

test("a month is filled in, closed by one account and posted by the other", async ({ browser }, info) => {
  test.setTimeout(120_000);
  const server = await LeitaiServer.start([], ["demo"]);
  try {
    const organiser = await signedIn(browser, server, "organiser");
    const supervisor = await signedIn(browser, server, "supervisor");
    const { page } = organiser;
    await organiser.open("/admin/months");
    await page.getByRole("link", { name: /^2026年9月/ }).click();
    await expect(page.getByText("3 个单位没有数")).toHaveCount(7);
    const month = new URL(page.url()).pathname;
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    // The month's own table, read back as it is, changes nothing.
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "下载本月数据表" }).click();
    const table = await downloading;
    expect(table.suggestedFilename()).toBe("云岭县2026年9月数据表.xlsx");
    const file = info.outputPath("figures.xlsx");
    await table.saveAs(file);
    await organiser.open("/admin/roster");
    await organiser.upload("文件", "试导入", file);
    const tally = page.getByRole("region", { name: "数据" });
    await expect(tally).toContainText("0新增");
    await expect(tally).toContainText("0改动");

    await organiser.open("/admin/roster");
    const text = `赛季,月份,指标,单位,完成值,目标值\n${MISSING}\n`;
    // A slip of the pen in seven rows: who is meant is asked, and said once for all of them.
    const slip = text.replaceAll(",S04,", ",松溪古镇景点,");
    await organiser.upload("文件", "试导入", { name: "figures.csv", text: slip });
    const meant = page.getByRole("button", { name: "松溪古镇景区（S04）" });
    await expect(meant).toHaveCount(1);
    await expect(page.getByText("还有第 10、11、12、13、14、15 行，同样的问题。")).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await meant.click();
    await expect(page.getByText("已认定 1 个单位")).toBeVisible();
    await expect(page.getByText("松溪古镇景点 → 松溪古镇景区（S04）")).toHaveCount(1);
    await organiser.expectTally("数据", { added: 21, known: 0 });
    await organiser.applyImport();

    // Two records wait, and closing over them wants a reason.
    await organiser.open(month);
    await expect(page.getByText("本月的数都到了")).toBeVisible();
    await page.getByRole("button", { name: "结账" }).click();
    await expect(page.getByRole("dialog")).toContainText("还有 2 笔加减分没有确认");
    await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
    await expect(page.getByRole("button", { name: "确认", exact: true })).toHaveCount(0);

    await supervisor.open(month);
    for (let left = 2; left > 0; left--) {
      const confirm = supervisor.page.getByRole("button", { name: "确认", exact: true });
      await expect(confirm).toHaveCount(left);
      await confirm.first().click();
    }
    await expect(supervisor.page.getByText("待确认")).toHaveCount(0);

    await organiser.closeMonth(month);
    await expect(page.getByRole("button", { name: "发布本月结果" })).toHaveAttribute("aria-disabled", "true");

    const reader = await (await browser.newContext()).newPage();
    const address = server.url + month.replace("/admin", "");
    expect((await reader.goto(address))!.status()).toBe(404);
    await supervisor.postMonth(month);
    await expectFiles(supervisor.page);

    await reader.goto(address);
    await expect(reader.locator("main")).toContainText("石桥峡谷景区");
    await reader.goto(`${server.url}/boards`);
    await expect(reader.locator("main")).toContainText("2026年9月");
  } finally {
    await server.stop();
  }
});
