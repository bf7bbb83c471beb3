import { existsSync, readFileSync } from 'node:fs';

/**
 * Published answers of the vendors, which lie beside the project and not in it: whose they are, and on what terms, is
 * written there. Where they are not, what rests on them is skipped, and says so.
 */
const samples =
  process.env['EXHIBIT_SAMPLES'] ?? new URL('../../../shared/samples/', import.meta.url).pathname;

export const haveSamples = existsSync(samples);

if (!haveSamples)
  process.stdout.write(
    `| skipped | there are no published samples at ${samples}; EXHIBIT_SAMPLES names another place |\n`,
  );

export function samplePath(name: string): string {
  return `${samples.replace(/\/$/, '')}/${name}`;
}

export function sample(name: string): unknown {
  return JSON.parse(readFileSync(samplePath(name), 'utf8'));
}
