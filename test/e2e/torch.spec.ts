/** Weights come from PyTorch and go back to it: a file is dropped, looked at, taken, and exported with the script. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { readSafetensors, writeSafetensors } from '../../src/datasets/formats/safetensors.ts';
import { card, expect, openTemplate, test } from './fixture.ts';

const numbers = (count: number, from: number) =>
  Float32Array.from({ length: count }, (_, i) => from + i / 64);
/** What `nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 3))` saves, and one tensor more. */
const tensors = {
  '0.bias': { shape: [16], data: numbers(16, 1) },
  '0.weight': { shape: [16, 4], data: numbers(64, 2) },
  '2.bias': { shape: [3], data: numbers(3, 3) },
  '2.weight': { shape: [3, 16], data: numbers(48, 4) },
  extra: { shape: [5], data: numbers(5, 5) },
};
const file = writeSafetensors({ tensors: new Map(Object.entries(tensors)), metadata: new Map() });

async function dropBytes(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([name, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes as number[])], name as string));
      return data;
    },
    [name, [...bytes]] as const,
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

test('weights of PyTorch are taken, and go back with the script', async ({ page }) => {
  await openTemplate(page, 'iris-mlp');
  await dropBytes(page, 'net.safetensors', file);
  const weights = page.getByRole('dialog', { name: 'Weights from “net.safetensors”' });
  await expect(weights.getByText('4 of 4 tensors of this graph are found in it.')).toBeVisible();
  await expect(weights.getByText('Not used of the file: 1')).toBeVisible();
  const source = weights.getByLabel('Source of logits.bias');
  await expect(source).toHaveValue('2.bias');
  // What is left out keeps its first values, and another shape is told.
  await source.fill('');
  await source.press('Enter');
  await expect(weights.getByText('3 of 4 tensors of this graph are found in it.')).toBeVisible();
  await source.fill('extra');
  await source.press('Enter');
  await expect(weights.getByText('is [5] there')).toBeVisible();
  await source.fill('2.bias');
  await source.press('Enter');
  await weights.getByRole('button', { name: 'Take 4 tensors' }).click();
  await expect(page.getByText('Opened net.safetensors')).toBeVisible();

  // Biases by themselves, without a decay of weights.
  await card(page, 'Adam').click();
  await page.getByRole('button', { name: 'Add a group' }).click();
  await expect(page.getByLabel('Parameters of group 1')).toHaveValue('bias');

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Export to PyTorch' }).click();
  const made = page.getByRole('dialog', { name: 'Export to PyTorch' });
  await expect(made.getByLabel('Script')).toHaveValue(/self\.hidden = nn\.Linear\(4, 16\)/);
  await expect(made.getByLabel('Script')).toHaveValue(/"hidden\.bias": dict\(/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    made.getByRole('button', { name: 'Download Iris.zip' }).click(),
  ]);
  const files = unzipSync(readFileSync(await download.path()));
  expect(Object.keys(files)).toEqual(['iris.py', 'iris.data.safetensors', 'iris.weights.safetensors']);
  const read = readSafetensors(files['iris.weights.safetensors'] as Uint8Array);
  const exported = 'value' in read ? Object.fromEntries(read.value.tensors) : {};
  expect(exported).toEqual({
    'hidden.weight': tensors['0.weight'],
    'hidden.bias': tensors['0.bias'],
    'logits.weight': tensors['2.weight'],
    'logits.bias': tensors['2.bias'],
  });
});
