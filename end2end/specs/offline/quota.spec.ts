// A phone whose storage is full: the pad says so at once, keeps the mark on the page, and calls
// nothing saved that is on no disk.
import { type Page } from "@playwright/test";
import { Organiser } from "../../fixtures/organiser.ts";
import { expect, test } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";

declare global {
  interface Window {
    storageIsFull: boolean;
  }
}

/** Some browsers refuse the record, Chrome takes it and then aborts the transaction. */
type FoundAt = "request" | "commit";

function fillableStorage(foundAt: FoundAt): void {
  const noSpace = () => new DOMException("no space left", "QuotaExceededError");
  window.storageIsFull = false;
  for (const name of ["add", "put"] as const) {
    const write = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...record) {
      if (window.storageIsFull && foundAt === "request") throw noSpace();
      const request = write.apply(this, record);
      if (window.storageIsFull) {
        request.addEventListener("success", () => {
          Object.defineProperty(this.transaction, "error", { value: noSpace() });
          this.transaction.abort();
        });
      }
      return request;
    };
  }
}

async function fill(page: Page, isFull: boolean): Promise<void> {
  await page.evaluate((isFull) => (window.storageIsFull = isFull), isFull);
}

for (const foundAt of ["request", "commit"] as const) {
  test(`a full storage, found at the ${foundAt}, is said, and with space the same sheet seals`, async ({ context, server }) => {
    const organiser = await Organiser.create(server, `quota-${foundAt}`);
    const { contest, cards } = await organiser.underWay({ entries: 1, seats: 1 });
    const pad = await PadPage.open(context);
    await pad.page.addInitScript(fillableStorage, foundAt);
    await pad.pair(cards[0]);

    await pad.choose("第1村");
    await fill(pad.page, true);
    await pad.page.keyboard.type("87");
    await expect(pad.page.getByRole("alert")).toContainText("本机存储写不进去");
    await pad.page.keyboard.press("Enter");
    await pad.submit.click();

    // What happened, what is safe, what to do.
    const alert = pad.page.getByRole("alert").filter({ hasText: "没存下" });
    await expect(alert).toContainText("本机存储满了");
    await expect(alert).toContainText("分还在这一页");
    await expect(alert).toContainText("清出空间后再提交一次");
    await expect(pad.page).toHaveURL(/\/review$/);
    await expect(pad.page.locator(".ledger .num")).toHaveText("87.0");
    await expect(pad.slip).toContainText("需处理");
    expect((await organiser.desk(contest)).tally.received).toBe(0);

    await fill(pad.page, false);
    await pad.submit.click();
    await expect(pad.page).toHaveURL(pad.list);
    const [sheet] = await pad.sentOnce(1);
    expect(sheet.marks[0].millis).toBe(87_000);
  });
}
