import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collectors } from '../../collectors/index.ts';
import { needsOf } from '../../scheduler/order.ts';
import { cadenceOf } from '../../scheduler/plan.ts';

test('the datasets of every collector are walked', () => {
  const walked = readdirSync(import.meta.dirname).filter((name) => name !== 'all.test.ts');
  expect(walked.sort()).toEqual(collectors.map(({ id }) => `${id}.test.ts`).sort());
  const faulted = readdirSync(new URL('../hostile', import.meta.url)).filter((name) =>
    name.startsWith('faults-'),
  );
  expect(faulted.sort()).toEqual(collectors.map(({ id }) => `faults-${id}.test.ts`).sort());
});

test('nothing rests on what is due once a week: in most nights that is not read', () => {
  for (const { datasets } of collectors) {
    const weekly = new Set<string>(
      datasets.filter((each) => cadenceOf(each) === 'weekly').map(({ id }) => id),
    );
    expect(datasets.filter((each) => needsOf(each).some((id) => weekly.has(id)))).toEqual([]);
  }
});
