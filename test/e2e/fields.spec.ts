/** What is typed into fields: read as people write it, or told with an example of how it is read. */
import { card, expect, field, openEmpty, openProduct, tab, test } from './fixture.ts';

const add = (page: import('@playwright/test').Page, title: string) =>
  page.getByRole('button', { name: `Add ${title}`, exact: true }).click();
const note = (page: import('@playwright/test').Page) => page.locator('.field-note');

test('axes need no commas, and numbers may have decimal ones where that is plain', async ({ page }) => {
  await openEmpty(page);
  await add(page, 'Tensor');
  for (const written of ['i 3 j 4', 'i=3; j=4', 'i 3、j 4']) {
    await field(page, 'Axes').fill(written);
    await expect(field(page, 'Axes')).toHaveAttribute('aria-invalid', 'false');
    await field(page, 'Label').focus();
    await expect(field(page, 'Axes')).toHaveValue('i 3, j 4');
    await field(page, 'Axes').fill('');
  }
  await field(page, 'Axes').fill('i 2');
  await field(page, 'Fill').selectOption('values');
  await field(page, 'Values').fill('1,5 2,5');
  await expect(note(page)).toHaveText('2 of 2 numbers');
  await field(page, 'Label').focus();
  await expect(field(page, 'Values')).toHaveValue('1.5, 2.5');
  // With three to come it could be either.
  await field(page, 'Axes').fill('i 3');
  await field(page, 'Values').fill('1,5 2,5');
  await expect(
    note(page).filter({ hasText: '“1,5”: write 1.5 for one number, or 1, 5 for two' }),
  ).toBeVisible();
  await expect(field(page, 'Values')).toHaveAttribute('aria-invalid', 'true');
});

test('an order of contraction is taken only where it is one, and why not is told', async ({ page }) => {
  await openProduct(page);
  await card(page, 'C = A B').click();
  const order = field(page, 'Order');
  for (const [written, reason] of [
    ['nonsense', '“nonsense” is no operand: they are a, b, as in (a, b)'],
    ['(a, c)', '“c” is no operand'],
    ['(a, a)', '“a” stands twice'],
    ['(a)', 'b left out'],
    ['((a, b)', 'A bracket is not closed'],
  ] as const) {
    await order.fill(written);
    await expect(order).toHaveAttribute('aria-invalid', 'true');
    await expect(note(page)).toContainText(reason);
  }
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
  await order.fill('(b, a)');
  await expect(order).toHaveAttribute('aria-invalid', 'false');
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeEnabled();
});

test('a data set arrives ready, with fields for what it can be told', async ({ page }) => {
  await openEmpty(page);
  await add(page, 'Data set');
  await tab(page, /Problems/).click();
  await expect(page.getByRole('tabpanel')).toContainText('No problems');
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details).not.toContainText('{}');
  await expect(details.locator('textarea')).toHaveCount(0);
  await field(page, 'Data').selectOption('two-moons');
  await field(page, 'Noise').fill('0,25');
  await field(page, 'Rows').fill('0');
  await expect(note(page).first()).toBeVisible();
  await field(page, 'Rows').fill('300');
  await expect(page.getByRole('tabpanel')).toContainText('No problems');
  // It came with its size, as one step.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Size of B')).toHaveValue('32');
  for (let k = 0; k < 4; k++) await page.keyboard.press('Control+z');
  await expect(page.locator('.react-flow__node')).toHaveCount(0);
  await expect(page.getByLabel('Size of B')).toHaveCount(0);
});

test('nodes and wires that are chosen are counted apart', async ({ page }) => {
  await openProduct(page);
  await page.locator('.react-flow__pane').click({ position: { x: 10, y: 10 } });
  await page.keyboard.press('Control+a');
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details).toContainText('4 nodes selected');
  await expect(details).toContainText('and 3 wires');
});
