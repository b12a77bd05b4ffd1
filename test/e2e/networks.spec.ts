/** A tensor of many indices as a network: seen as a diagram, opened into its drawing, taken back. */
import { expect, openTemplate, test } from './fixture.ts';

test('a CP form shows its cores, and opens into parameters and their contraction', async ({ page }) => {
  await openTemplate(page, 'cp-decompose');
  const cards = page.locator('.react-flow__node');
  await page.locator('.react-flow__node[data-id="cp"]').click();
  const inspector = page.locator('.inspector');
  await inspector.getByRole('button', { name: 'See as a tensor network' }).click();
  await expect(page.locator('.diagram-pane, .diagram').first()).toContainText('A1');
  await expect(page.getByText('These tensors are the node’s own')).toBeVisible();
  await inspector.getByRole('button', { name: 'Open into its drawing' }).click();
  await expect(cards.filter({ hasText: 'Parameter' }).first()).toBeVisible();
  await expect(cards.filter({ hasText: 'Tensor network' })).toHaveCount(0);
  await expect(page.getByText('These tensors are the node’s own')).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(cards.filter({ hasText: 'Tensor network' })).toHaveCount(1);
  await expect(cards.filter({ hasText: 'Parameter' })).toHaveCount(0);
});
