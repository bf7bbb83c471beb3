import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Runs the blocks of a packet's own VERIFY.md as a recipient would, who has this folder of trust anchors and stock tools
 * and knows nothing of us: what they print, and what fails.
 */
export async function runVerifyMd(packet: string, trust: string, within: string): Promise<string[]> {
  const dir = await mkdtemp(join(within, 'stock-'));
  const home = join(dir, 'home');
  const work = join(dir, 'packet');
  await mkdir(home);
  await mkdir(work);
  await cp(trust, join(home, 'exhibit-trust'), { recursive: true });
  execFileSync('unzip', ['-q', packet, '-d', work]);
  const text = await readFile(join(work, 'VERIFY.md'), 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  if (blocks.length < 4) throw new Error('VERIFY.md holds too few commands');
  return blocks.flatMap((block) => {
    const ran = spawnSync('sh', ['-ec', block], {
      cwd: work,
      env: { PATH: '/usr/bin:/bin', HOME: home, TMPDIR: dir },
      encoding: 'utf8',
    });
    const lines = ran.stdout.split('\n').filter((line) => line !== '' && !/^Good "/.test(line));
    return ran.status === 0
      ? lines
      : [...lines, `FAILED: ${ran.stderr.trim().split('\n')[0] ?? 'a command'}`];
  });
}
