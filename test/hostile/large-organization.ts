import { readFileSync } from 'node:fs';
import { github } from '../../collectors/github/index.ts';
import { runScheduled } from '../../scheduler/run-slot.ts';
import { Clock, withNight } from './bench.ts';

/*
 * Reads one GitHub organisation for one night in a process of its own, so that the kernel can say what it took:
 * `node --optimize-for-size large-organization.ts SETTINGS`, with the flag that `exhibit collect` sets. Waiting moves a clock and takes no time. Prints what came of it, as JSON.
 */
const settings = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as unknown;
const config = github.config.parse(settings);
const start = '2026-05-04T02:00:00Z';
const clock = new Clock(start);
const source = {
  id: 'github-large',
  title: 'GitHub',
  collector: github,
  datasets: github.datasets.filter(
    ({ tier = 'standard' }) => tier === 'insurance-mfa' || tier === 'standard',
  ),
  scope: github.scope(config as never),
  settings: () => Promise.resolve(config),
};
const short: string[] = [];
let records = 0;
await withNight(
  source,
  {
    clock,
    authorities: [],
    report: (progress) => {
      if (progress.step !== 'read') return;
      records += progress.end.records;
      if (progress.end.outcome !== 'complete')
        short.push(`${progress.dataset}: ${progress.end.reasons.map(({ text }) => text).join('; ')}`);
    },
  },
  (night) => runScheduled(night, clock.now()),
);
const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
const minutes = Math.round((clock.now().getTime() - Date.parse(start)) / 60_000);
process.stdout.write(
  JSON.stringify({ short, records, minutes, megabytes: Math.round(Number(kilobytes) / 1024) }),
);
