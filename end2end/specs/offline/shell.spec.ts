// The offline shell: any address of the pad starts without a network, on the build that is cached.
import { alive, controlled, expect, network, test } from "../../fixtures/test.ts";

test("an address that was never visited starts with the network off", async ({ page, context, server }) => {
  await page.goto(server.url);
  await alive(page);
  await controlled(page);
  await network(context, false);
  await page.goto(`${server.url}/seat`);
  await alive(page);
  await page.goto(`${server.url}/seat/01900000-0000-7000-8000-000000000001/records`);
  await alive(page);
  await expect(page.locator("html")).toHaveAttribute("data-shell", "");
  await page.reload();
  await alive(page);
});

test("a public page that was read once is read again with the network off", async ({ page, context, server }) => {
  await page.goto(server.url);
  await alive(page);
  await controlled(page);
  await page.reload();
  await alive(page);
  const title = await page.getByRole("heading", { level: 1 }).innerText();
  await network(context, false);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
});

test("a copy that names who is on the black list is not shown after its last day", async ({ page, context, server }) => {
  await page.goto(server.url);
  await alive(page);
  await controlled(page);
  await page.reload();
  await alive(page);
  const title = await page.getByRole("heading", { level: 1 }).innerText();
  // The copy as the server would have sent it, had it named somebody up to that moment.
  const keepUntil = (at: number): Promise<void> =>
    page.evaluate(
      async ([url, until]) => {
        const pages = await caches.open("pages");
        const copy = (await pages.match(url))!;
        const headers = new Headers(copy.headers);
        headers.set("x-keep-until", until);
        await pages.put(url, new Response(await copy.blob(), { headers }));
      },
      [page.url(), String(at)],
    );
  await keepUntil(Date.now() + 60_000);
  await network(context, false);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await keepUntil(Date.now() - 1);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-shell", "");
  expect(await page.evaluate(async (url) => (await (await caches.open("pages")).match(url)) === undefined, page.url())).toBe(true);
});

test("the shell allows no inline script", async ({ request, server }) => {
  const shell = await request.get(`${server.url}/app-shell`);
  expect(await shell.text()).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(shell.headers()["content-security-policy"]).toContain("script-src 'self' 'wasm-unsafe-eval'");
});

test("every picture that the manifest names is served in its size", async ({ page, server }) => {
  const manifest = await (await page.request.get(`${server.url}/manifest.webmanifest`)).json();
  await page.goto(server.url);
  const pictures = [...manifest.icons, ...manifest.screenshots].filter((each) => each.sizes !== "any");
  for (const { src, sizes } of pictures) {
    const size = await page.evaluate(async (url) => {
      const picture = await createImageBitmap(await (await fetch(url)).blob());
      return `${picture.width}x${picture.height}`;
    }, src);
    expect(`${src} ${size}`).toBe(`${src} ${sizes}`);
  }
});
