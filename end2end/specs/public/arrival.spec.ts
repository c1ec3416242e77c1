// The app takes the place of the page that the server rendered.
import { expect, test } from "../../fixtures/demo.ts";
import { alive } from "../../fixtures/test.ts";

test("the page is built from the answer in its HTML, and stands once", async ({ page, county }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.startsWith("/fn/")) asked.push(request.url());
  });
  await page.goto(`${county.url}/boards`);
  const rendered = await page.locator("main").innerText();
  await alive(page);
  await expect(page.locator("main")).toHaveCount(1);
  expect(await page.locator("main").innerText()).toBe(rendered);
  await expect(page.locator("svg.watermark")).toHaveCount(1);
  expect(asked).toEqual([]);
});

test("what is typed before the app is there is kept", async ({ page, county }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${county.url}/admin/sign-in`, { waitUntil: "domcontentloaded" });
  const login = page.locator("input").first();
  await login.fill("会务一");
  release();
  await alive(page);
  await expect(login).toHaveValue("会务一");
  await expect(login).toBeFocused();
});
