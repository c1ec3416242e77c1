// Opens a gate, claims a seat of the contest with its card and walks through the pad, then claims
// the host's page, for the pictures. It changes the demo it runs against.

const alive = (page) => page.locator('body[data-alive]').waitFor({ state: 'attached' });

/** Yields the name of each page once it stands. Needs a page that is signed in as organiser. */
export async function* openPads(page, base, contest, seat) {
  page.setDefaultTimeout(10_000);
  await page.goto(`${base}/admin/contests/${contest}`);
  await alive(page);
  const open = page.locator('.acts .btn[data-kind="main"]:not([data-hold])');
  if (await page.locator('.gate li').first().getAttribute('aria-current') && await open.count()) {
    await open.click();
    await page.locator('.acts .btn[data-hold]').waitFor();
  }
  await page.goto(`${base}/admin/contests/${contest}/cards`);
  await alive(page);
  const digits = await openCard(page, base, page.locator('.card:has(.card-code)').nth(seat));
  yield 'pad-card';
  await claim(page, digits);
  await page.waitForURL(/\/seat/);
  await page.locator('a[href*="/entry/"]').first().waitFor();
  yield 'pad-list';
  await page.locator('a[href*="/entry/"]').first().click();
  await page.locator('.keys').waitFor();
  yield 'pad-blank';
  await page.locator('.keys .key').first().click();
  yield 'pad-marked';
}

/** The host's page, on a card that is made once and taken over by each further size. */
export async function* openHost(page, base, contest) {
  page.setDefaultTimeout(10_000);
  await page.goto(`${base}/admin/contests/${contest}/cards`);
  await alive(page);
  const make = page.getByRole('button', { name: '制作主持卡' });
  if (await make.count()) await make.click();
  await claim(page, await openCard(page, base, page.locator('.card[aria-label="主持卡"]')));
  const takeOver = page.getByRole('button', { name: '接管到本机' });
  const deck = page.locator('.onstage');
  await takeOver.or(deck).waitFor();
  if (await takeOver.count()) await takeOver.click();
  await deck.waitFor();
  yield 'host';
}

/** An inspector's page, on a card that is made once and taken over by each further size. */
export async function* openField(page, base, season) {
  page.setDefaultTimeout(10_000);
  await page.goto(`${base}/admin/links/${season}`);
  await alive(page);
  const card = page.locator('.card[aria-label="第一检查组的卡"]');
  const make = page.getByRole('button', { name: '给检查员发卡' });
  await make.waitFor();
  if (!(await card.count())) {
    await make.click();
    await page.getByRole('dialog').getByLabel('名称').fill('第一检查组');
    await page.getByRole('dialog').getByRole('button', { name: '给检查员发卡' }).click();
  }
  await claim(page, await openCard(page, base, card));
  const takeOver = page.getByRole('button', { name: '接管到本机' });
  const record = page.getByRole('button', { name: '记一笔' });
  await takeOver.or(record).waitFor();
  if (await takeOver.count()) await takeOver.click();
  await record.waitFor();
  yield 'field-list';
  await record.click();
  yield 'field-form';
  await page.getByRole('button', { name: '提交' }).click();
  yield 'field-faults';
}

/** Opens a card's link on this server, and gives its digits. */
async function openCard(page, base, card) {
  await card.waitFor();
  const link = new URL(await card.locator('a').getAttribute('href'));
  const digits = (await card.locator('.card-code').textContent()).trim();
  await page.goto(base + link.pathname + link.search + link.hash);
  await alive(page);
  return digits;
}

async function claim(page, digits) {
  const boxes = page.locator('input[inputmode="numeric"]');
  for (const [index, digit] of [...digits].entries()) await boxes.nth(index).fill(digit);
  await page.locator('input[type="checkbox"]').first().check();
  await page.locator('.btn[data-kind="main"]').first().click();
}
