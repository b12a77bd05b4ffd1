/**
 * A plugin for builds: writes licences.txt beside what was built, with the licence of the product, of every package of
 * which a part stands in the bundles, and of the data.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './install.mjs';

export const licencesFile = 'licences.txt';

/** Packages whose code comes in by no import: the run time of the kernels, and of the bundles themselves. */
const compiledIn = ['assemblyscript', 'rolldown', 'vite'];

const data = `Data sets

Iris: R. A. Fisher (1936), UCI Machine Learning Repository, https://doi.org/10.24432/C56C76
Digits: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (1998), UCI Machine Learning
Repository, https://doi.org/10.24432/C50P49
Both under the Creative Commons Attribution 4.0 International licence,
https://creativecommons.org/licenses/by/4.0/; columns were shifted and scaled.`;

/** The folder of the package that a module belongs to. */
function packageFolder(id) {
  const [path] = id.split('?');
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0) return undefined;
  let folder = dirname(path);
  while (folder.length > at) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version) return folder;
    folder = dirname(folder);
  }
  return undefined;
}

function licenceOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  // Vite and Rolldown list the licences of their own parts too, of which nothing stands in what they build.
  const texts = files.map((file) => {
    const [own] = readFileSync(join(folder, file), 'utf8').split(/^#+ Licenses of bundled dependencies/m);
    return own.trim();
  });
  if (texts.length === 0) {
    if (typeof license !== 'string') throw new Error(`the package ${name} has no licence`);
    texts.push(`${license}${author ? `, ${author.name ?? author}` : ''}`);
  }
  return { name: `${name} ${version} (${license})`, text: texts.join('\n\n') };
}

/** `seen`: shared by the builds that make one whole, the page and its worker. */
export const licences = (seen = new Set(), { writes = true } = {}) => ({
  name: 'licences',
  apply: 'build',
  generateBundle() {
    for (const id of this.getModuleIds()) {
      const folder = packageFolder(id);
      if (folder) seen.add(folder);
    }
    if (!writes) return;
    for (const name of compiledIn) seen.add(join(root, 'node_modules', name));
    const packages = [...seen].map(licenceOf).sort((a, b) => a.name.localeCompare(b.name, 'en'));
    const own = { name: 'Tensorloom', text: readFileSync(join(root, 'LICENSE'), 'utf8').trim() };
    const parts = [own, ...packages].map(({ name, text }) => `${name}\n\n${text}`);
    const rule = `\n\n${'─'.repeat(80)}\n\n`;
    this.emitFile({ type: 'asset', fileName: licencesFile, source: `${[...parts, data].join(rule)}\n` });
  },
});
