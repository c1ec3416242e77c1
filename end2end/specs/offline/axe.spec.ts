// Every page of the pad is clean for axe. The pad has one theme, a light one.
import AxeBuilder from "@axe-core/playwright";
import { Organiser } from "../../fixtures/organiser.ts";
import { alive, expect, test } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";

async function expectClean(pad: PadPage, name: string): Promise<void> {
  const found = await new AxeBuilder({ page: pad.page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
  expect(found.violations.map((each) => `${name} ${each.id}: ${each.nodes[0]?.target}`)).toEqual([]);
}

test("the pad's pages are clean for axe", async ({ context, server }) => {
  const organiser = await Organiser.create(server, "axe");
  const { cards } = await organiser.underWay({ entries: 2, seats: 1 });
  const pad = await PadPage.open(context);
  await pad.page.goto(cards[0].url);
  await alive(pad.page);
  await expectClean(pad, "card");
  await pad.pair(cards[0]);
  await expectClean(pad, "list with pre-flight");
  await pad.choose("第1村");
  await expectClean(pad, "entry");
  await pad.page.keyboard.type("86");
  await pad.page.keyboard.press("Enter");
  await expect(pad.submit).toBeVisible();
  await expectClean(pad, "review");
  await pad.submit.click();
  await expect(pad.page).toHaveURL(pad.list);
  await pad.page.getByRole("link", { name: "第1村" }).last().click();
  await expect(pad.page.getByRole("button", { name: "改这份分" })).toBeVisible();
  await expectClean(pad, "sealed");
  await pad.page.goto(`${pad.list}/records`);
  await alive(pad.page);
  await expect(pad.page.getByText("86")).toBeVisible();
  await expectClean(pad, "records");
  await pad.slip.click();
  await expect(pad.page.getByRole("dialog")).toBeVisible();
  await expectClean(pad, "records from the slip");
  await pad.page.goto(`${server.url}/seat`);
  await alive(pad.page);
  await expect(pad.page.getByRole("heading", { name: "我的席位" })).toBeVisible();
  await expectClean(pad, "seats");
});
