/** The cost card: what each node takes, the same as on the command line. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { card, expect, openTemplate, tab, test } from './fixture.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rows = (page: Page) => page.locator('.cost-table tbody tr');
const choice = (page: Page) => page.locator('.plan-head select');

test('by keyboard: parameters, operations, memory and what convolutions see', async ({ page }) => {
  await openTemplate(page, 'digits-cnn');
  await tab(page, 'Plan').focus();
  await page.keyboard.press('Enter');
  await choice(page).focus();
  await page.keyboard.type('Costs');
  const totals = page.locator('.cost-totals');
  await expect(totals).toContainText('Parameters');
  const args = ['dist/cli/tensorloom.js', 'plan', 'templates/digits-cnn.graph.json', '--costs', '--json'];
  const line = JSON.parse(execFileSync('node', args, { cwd: root, encoding: 'utf8' }));
  expect(line.parameters).toBe(3130);
  await expect(totals).toContainText(/3.130/);
  await expect(rows(page)).toHaveCount(line.nodes.length);
  await expect(rows(page).filter({ hasText: 'Convolution 2D #2' })).toContainText('8 × 8');

  // A node is found from its row.
  await rows(page).filter({ hasText: 'Max pool' }).getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.react-flow__node.selected')).toContainText('Max pool');
  // The card stays, and follows what is drawn.
  await expect(choice(page)).toHaveValue(/costs/);
  await card(page, 'Max pool').focus();
  await page.keyboard.press('Control+z');
  await page.getByLabel('Language').selectOption('zh');
  await expect(totals).toContainText('推理');
});
