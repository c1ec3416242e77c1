// Every page of the demo county that no other spec looks at is clean for axe, on a phone: what
// everybody reads, what staff work with, and on paper's width what is printed.
import AxeBuilder from "@axe-core/playwright";
import { PASSWORD, oneTimePassword } from "../../fixtures/organiser.ts";
import { LeitaiServer } from "../../fixtures/server.ts";
import { alive, expect, test } from "../../fixtures/test.ts";
import { StaffPage } from "../../pages/staff.page.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag22aa"];
/** So high that no row lies half below the bar at the foot, which would make it a small target. */
const PHONE = { width: 360, height: 16_000 };
const PAPER = { width: 794, height: 16_000 };

test("every page of staff and of readers is clean for axe", async ({ browser }) => {
  test.setTimeout(300_000);
  const server = await LeitaiServer.start([], ["demo"]);
  try {
    const context = await browser.newContext({ viewport: PHONE, hasTouch: true });
    const staff = new StaffPage(await context.newPage(), server.url);
    const { page } = staff;
    const once = oneTimePassword(server.printed.split("\n")[0]);
    await staff.signIn("organiser", once);
    await staff.changePassword(once, PASSWORD);

    const faults: string[] = [];
    const look = async (path: string, isAlive = true) => {
      await page.goto(server.url + path);
      if (isAlive) await alive(page);
      // A page that says that there is no such thing proves nothing.
      await expect(page.getByText("没有这一页")).toHaveCount(0);
      const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
      faults.push(...found.violations.map((each) => `${path} ${each.id}: ${each.nodes[0]?.target}`));
    };
    const first = async (path: string, link: string): Promise<string> => {
      await staff.open(path);
      return (await page.locator(link).first().getAttribute("href"))!;
    };

    const month = await first("/boards", 'a[href^="/months/"]');
    const unit = await first(month, 'a[href^="/units/"]');
    const [, , season, period] = month.split("/");
    const slip = await first("/admin/slips?state=closed", 'a.row[href^="/admin/slips/"]');
    const contest = await first("/", 'a[href^="/contests/"]');
    const pages = ["/", "/boards", "/units", "/units?q=zzz", unit, month, `${month}/flags`, `${month}/poster`];
    const seasons = ["links", "calendar", "rules", "leaders", "pledges", "work"].map((part) => `/${part}/${season}`);
    const desk = ["", "/contests/new", "/roster", "/account", "/months", ...seasons];
    const months = [month, `/months/${season}/${after(period)}`];
    const states = ["proposed", "issued", "overdue", "replied", "closed"].map((state) => `/slips?state=${state}`);
    const stage = ["", "/seats", "/cards", "/calculation"].map((part) => contest + part);
    for (const path of pages) await look(path);
    for (const path of [...desk, ...months, ...states, ...stage]) await look(`/admin${path}`);
    await look(slip);
    const prints = [`${month}/poster?paper=a4`, `/admin${month}/print`, `${slip}/print`, `/admin${contest}/print`];
    for (const sheet of ["speeches", "hearing", "assessment"]) {
      prints.push(await first(`/admin/calendar/${season}`, `a[href*="/${sheet}/"]`));
    }
    await page.setViewportSize(PAPER);
    for (const media of ["screen", "print"] as const) {
      await page.emulateMedia({ media });
      for (const path of prints) await look(path);
    }
    await page.emulateMedia({ media: "screen" });
    await page.setViewportSize(PHONE);

    // The report of an import is the roster's answer to a file.
    await staff.open("/admin/roster");
    const rows = "编码,名称,层级,上级\n99,新设的村,村,没有的镇\n";
    await staff.upload("文件", "试导入", { name: "units.csv", text: rows });
    await look(new URL(page.url()).pathname + new URL(page.url()).search);
    expect(faults).toEqual([]);
  } finally {
    await server.stop();
  }
});

function after(period: string): string {
  const [year, month] = period.split("-").map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
}
