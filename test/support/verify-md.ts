import { spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

const script = new URL('verify-md.sh', import.meta.url).pathname;

/** What the commands of a packet's own VERIFY.md print, and what of them fails, for who has this folder of trust anchors. */
export async function runVerifyMd(packet: string, trust: string, within: string): Promise<string[]> {
  const work = await mkdtemp(join(within, 'stock-'));
  const { stdout, stderr, status } = spawnSync('sh', [script, packet, trust, work], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`VERIFY.md cannot be run: ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '' && !/^Good "/.test(line));
}
