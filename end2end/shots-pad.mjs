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
  const inspector = { name: '第一检查组', make: '给检查员发卡', asks: true };
  await enter(page, base, season, inspector, page.getByRole('button', { name: '记一笔' }));
  yield 'field-list';
  await page.getByRole('button', { name: '记一笔' }).click();
  yield 'field-form';
  await page.getByRole('button', { name: '提交' }).click();
  yield 'field-faults';
  const confirmer = { name: '督查室', make: '给确认人发卡', asks: true };
  await enter(page, base, season, confirmer, page.getByRole('heading', { name: '等您确认' }));
  yield 'field-confirm';
  await page.getByRole('button', { name: '划掉' }).first().click();
  yield 'field-strike';
  const source = { name: '县统计局', make: '给数据部门发卡' };
  await enter(page, base, season, source, page.getByRole('button', { name: '填数' }).first());
  yield 'field-entry';
  await page.getByRole('button', { name: '填数' }).first().click();
  await page.locator('input[data-size="figure"]').first().fill('约七');
  await page.locator('input[data-size="figure"]').nth(1).fill('900000');
  await page.getByRole('button', { name: /^提交/ }).click();
  yield 'field-sheet';
  const unit = { name: '竹海竹木产业园', make: '给单位发卡' };
  await enter(page, base, season, unit, page.getByText('本单位的名次和得分'));
  yield 'field-unit';
}

/** Issues a card where it is not there yet, claims it, and waits for what its page shows. */
async function enter(page, base, season, { name, make, asks }, shown) {
  await page.goto(`${base}/admin/links/${season}`);
  await alive(page);
  // A department may be a unit as well, whose card came later.
  const card = page.locator(`.card[aria-label="${name}的卡"]`).first();
  const button = page.getByRole('button', { name: make });
  await button.or(card).first().waitFor();
  if (!(await card.count())) {
    await button.click();
    const dialog = page.getByRole('dialog');
    // A department or a unit has its name already.
    if (asks) await dialog.getByLabel('名称').fill(name);
    await dialog.getByRole('button', { name: make }).click();
  }
  await claim(page, await openCard(page, base, card));
  const takeOver = page.getByRole('button', { name: '接管到本机' });
  await takeOver.or(shown).first().waitFor();
  if (await takeOver.count()) await takeOver.click();
  await shown.waitFor();
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
