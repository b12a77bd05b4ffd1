/** Looking inside a node: its operations, forward and backward, step by step, with the values there are. */
import { card, expect, openTemplate, restingBox, test } from './fixture.ts';

test('attention is two contractions and a softmax, forward and backward, by keyboard alone', async ({
  page,
}) => {
  await openTemplate(page, 'digits-attention');
  await card(page, 'Attention').dblclick();
  await restingBox(page.locator('.react-flow__node[data-id="attention"]'));
  await page.locator('.react-flow__node[data-id="attention"]').click({ position: { x: 50, y: 10 } });
  await page.keyboard.press('i');
  const pane = page.getByRole('region', { name: 'Inside Attention › Attention' });
  await expect(pane.getByRole('button', { name: /^Contraction, 0.3536/ })).toBeVisible();
  const said = pane.getByRole('status');
  await expect(said).toHaveText(/^1 of \d+: Other shape/);
  for (let k = 0; k < 3; k++) await page.keyboard.press('ArrowRight');
  await expect(said).toHaveText(/^4 of \d+: Contraction · 0.3536 · ijkl, imkl → ikjm/);
  await expect(pane.getByText('Elements', { exact: true })).toBeVisible();
  await page.keyboard.press('End');
  await expect(pane.getByRole('tab', { name: 'Backward' })).toHaveAttribute('aria-selected', 'true');
  await expect(pane.getByRole('button', { name: /^Gradient, to Attention › query/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(pane).toHaveCount(0);
});

test('the gradient of an energy points at the factors that it is made of', async ({ page }) => {
  await openTemplate(page, 'quadratic-bowl');
  await page.locator('.react-flow__node[data-id="slope"]').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Look inside' }).click();
  const pane = page.getByRole('region', { name: /^Inside/ });
  await expect(pane.getByRole('button', { name: /^Contraction, −i → i, derivative of bᵀ x/ })).toBeVisible();
  await expect(pane.getByRole('tab', { name: 'Backward' })).toBeDisabled();
  // Its values follow the state.
  await pane.getByRole('button', { name: /, Result$/ }).click();
  const before = await pane.getByRole('table').innerText();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => pane.getByRole('table').innerText()).not.toBe(before);
  await pane.getByRole('button', { name: 'Graph', exact: true }).click();
  await expect(pane).toHaveCount(0);
});
