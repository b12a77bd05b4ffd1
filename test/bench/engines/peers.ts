/**
 * The packages that the benchmark compares with are its own: listed in ../peers, installed on first use
 * under .cache/, and by nothing else.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';

const listed = 'test/bench/peers';
const installed = '.cache/bench-peers';
const lock = 'package-lock.json';

const same = (a: string, b: string): boolean =>
  existsSync(a) && existsSync(b) && readFileSync(a).equals(readFileSync(b));

/** The folder that holds their node_modules; undefined where they cannot be had, and `say` tells why. */
export function installPeers(say: (line: string) => void): string | undefined {
  const folder = `${process.cwd()}/${installed}`;
  if (existsSync(`${folder}/node_modules/.${lock}`) && same(`${listed}/${lock}`, `${folder}/${lock}`))
    return folder;
  say('Installing the other JavaScript engines (450 MB, once).');
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', lock]) copyFileSync(`${listed}/${file}`, `${folder}/${file}`);
  const npm = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', npm, { encoding: 'utf8' });
  if (status === 0) return folder;
  say(`They cannot be installed, and are left out: ${stderr.trim().split('\n').at(-1)}`);
  return undefined;
}
