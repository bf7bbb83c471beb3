import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collectors } from '../../collectors/index.ts';

test('the datasets of every collector are walked', () => {
  const walked = readdirSync(import.meta.dirname).filter((name) => name !== 'all.test.ts');
  expect(walked.sort()).toEqual(collectors.map(({ id }) => `${id}.test.ts`).sort());
  const faulted = readdirSync(new URL('../hostile', import.meta.url)).filter((name) =>
    name.startsWith('faults-'),
  );
  expect(faulted.sort()).toEqual(collectors.map(({ id }) => `faults-${id}.test.ts`).sort());
});
