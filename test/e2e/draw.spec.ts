/** Drawing a graph from nothing by mouse, breaking its shapes, and mending them. */
import {
  card,
  dragFromPalette,
  drawWire,
  expect,
  field,
  openEmpty,
  openProduct,
  openTemplate,
  port,
  tab,
  tableOf,
  test,
} from './fixture.ts';

test('two tensors and their contraction, drawn by mouse', async ({ page }) => {
  await openEmpty(page);
  await dragFromPalette(page, 'Tensor', 160, 120);
  await field(page, 'Label').fill('P');
  await field(page, 'Axes').fill('i 2, j 3');
  await field(page, 'Fill').selectOption('values');
  await field(page, 'Values').fill('[[1, 2, 3], [4, 5, 6]]');
  await expect(page.getByText('6 of 6 numbers')).toBeVisible();

  await dragFromPalette(page, 'Tensor', 160, 330);
  await field(page, 'Label').fill('Q');
  await field(page, 'Axes').fill('j 3, k 2');
  await field(page, 'Fill').selectOption('values');
  await field(page, 'Values').fill('1 0\n0 1\n1 1');

  await dragFromPalette(page, 'Contract', 500, 220);
  const contract = card(page, 'Contract');
  await drawWire(page, port(card(page, 'P'), 'output', 'out'), port(contract, 'input', 'a'));
  await drawWire(page, port(card(page, 'Q'), 'output', 'out'), port(contract, 'input', 'b'));
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);

  await contract.click();
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('i 2k 2');
  await tab(page, 'Values').click();
  await expect
    .poll(() => tableOf(page))
    .toEqual([
      ['4', '5'],
      ['10', '11'],
    ]);
});

test('a shape that does not fit: the mismatched thread, the story, a fix, and undo', async ({ page }) => {
  await openProduct(page);
  const mismatched = page.locator('.react-flow__edge .tl-thread-bad');
  await card(page, 'A').click();
  await field(page, 'Axes').fill('i 3, j 5');
  // Both wires of the conflict show the thread of j in red, and only that one.
  await expect(mismatched).toHaveCount(2);
  await tab(page, /Problems/).click();
  await expect(page.getByRole('tabpanel')).toContainText(
    'j = 5 comes from Tensor “A”, j = 4 from Tensor “B”',
  );

  // B's numbers are written one by one, so a longer B would not do, and is not offered.
  const fixes = page.getByRole('tabpanel').locator('.problem-fixes');
  await expect(fixes).toContainText('Set j of Tensor “A” to 4');
  await expect(fixes).not.toContainText('“B” to 5');
  await fixes.getByRole('button', { name: 'Set j of Tensor “A” to 4 (now 5)' }).click();
  await expect(mismatched).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(mismatched).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(mismatched).toHaveCount(0);
  await expect(field(page, 'Axes')).toHaveValue('i 3, j 4');
});

test('a value that cannot be read is said at its field and applied nowhere', async ({ page }) => {
  await openProduct(page);
  await card(page, 'A').click();
  await field(page, 'Axes').fill('i 3, j 4, k');
  await expect(field(page, 'Axes')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('.field-note.bad')).toContainText('write a name and a size');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

test('a size that all wires share swells everywhere at once', async ({ page }) => {
  await openTemplate(page, 'linear-regression');
  await page.getByLabel('Size of B').fill('17');
  await expect(page.locator('.react-flow__edgelabel-renderer')).toContainText('17');
});

test('the palette finds a node in both languages and puts it on the canvas', async ({ page }) => {
  await openEmpty(page);
  await page.getByRole('searchbox').fill('线性');
  await page.getByRole('button', { name: 'Add Linear' }).click();
  await expect(card(page, 'Linear')).toBeVisible();
  await tab(page, /Problems/).click();
  await expect(page.getByRole('tabpanel')).toContainText('has no wire');
});
