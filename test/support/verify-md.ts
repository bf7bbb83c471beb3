import { spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

const script = new URL('verify-md.sh', import.meta.url).pathname;

/**
 * What the commands of a packet's own VERIFY.md print, and what of them fails, for who has this folder of trust anchors.
 * That it is a draft, which they say of almost every packet here, is left out unless all is asked for.
 */
export async function runVerifyMd(
  packet: string,
  trust: string,
  within: string,
  told: 'all' | 'without-draft' = 'without-draft',
): Promise<string[]> {
  const work = await mkdtemp(join(within, 'stock-'));
  const { stdout, stderr, status } = spawnSync('sh', [script, packet, trust, work], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`VERIFY.md cannot be run: ${stderr}`);
  const usual = told === 'all' ? /^Good "/ : /^(Good "|a draft: )/;
  return stdout.split('\n').filter((line) => line !== '' && !usual.test(line));
}
