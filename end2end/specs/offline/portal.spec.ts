// A network that answers everything with its own log-in page. Such an answer is no receipt.
import { type BrowserContext } from "@playwright/test";
import { Organiser } from "../../fixtures/organiser.ts";
import { expect, test } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";

const LOG_IN = "<!DOCTYPE html><title>WiFi</title><p>请登录</p>";

async function captivePortal(context: BrowserContext): Promise<void> {
  await context.route("**/*", (route) =>
    route.fulfill({ status: 200, contentType: "text/html; charset=utf-8", body: LOG_IN }),
  );
}

test("behind a captive portal nothing counts as sent, and later all of it arrives once", async ({ context, server }) => {
  const organiser = await Organiser.create(server, "portal");
  const { contest, cards } = await organiser.underWay({ entries: 2, seats: 1 });
  const pad = await PadPage.open(context);
  await pad.pair(cards[0]);

  await captivePortal(context);
  const answered = pad.page.waitForResponse(/\/api\/v1\/sync\/push/);
  await pad.score("第1村", ["71"]);
  expect((await answered).status()).toBe(200);
  await expect(pad.slip).toContainText("待上传 1");
  await pad.reopen();
  await pad.score("第2村", ["72"]);
  await expect(pad.slip).toContainText("待上传 2");

  await pad.slip.click();
  const records = pad.page.getByRole("dialog");
  await expect(records.getByText("网络要先登录")).toBeVisible();
  await expect(records.getByText("已上传")).toHaveCount(0);
  expect((await organiser.desk(contest)).tally.received).toBe(0);

  await context.unrouteAll();
  await records.getByRole("button", { name: "立即上传" }).click();
  await pad.sentOnce(2);
  await expect(records.getByText("网络要先登录")).toHaveCount(0);
  expect((await organiser.desk(contest)).tally).toMatchObject({ received: 2, counted: 2 });
});
