import { describe, expect, test } from 'vitest';
import { collectors } from '../../collectors/index.ts';
import type { Dataset } from '../../collectors/dataset.ts';
import { ordered, withNeeds } from '../../scheduler/order.ts';
import { planBytes, planOf } from '../../scheduler/plan.ts';
import { plain, setupOf, sourceAt } from './support.ts';

const ids = (datasets: readonly Dataset[]): string[] => datasets.map(({ id }) => id);
const like = (id: `${string}/${string}`, parent: string | null): Dataset => ({
  ...plain.datasets[1]!,
  id,
  ...(parent === null ? {} : { each: { dataset: parent, kind: 'repository', needs: [], where: () => true } }),
});

test('says for which paper pages are laid out, A4 where nothing is said', () => {
  const setup = setupOf([]);
  const { organization } = setup;
  expect(planOf(setup).organization.paper).toBe('a4');
  expect(planOf({ ...setup, organization: { ...organization, paper: 'letter' } }).organization.paper).toBe(
    'letter',
  );
});

describe('datasets are read in an order', () => {
  test('in which each comes after what it needs, in every collector', () => {
    for (const { datasets } of [...collectors, plain]) {
      const order = ids(ordered(datasets));
      expect(order.toSorted()).toEqual(ids(datasets).toSorted());
      for (const dataset of datasets) {
        const among = dataset.type === 'state' ? dataset.absence?.among : undefined;
        for (const needed of [dataset.each?.dataset, among])
          if (needed !== undefined) expect(order.indexOf(needed)).toBeLessThan(order.indexOf(dataset.id));
      }
    }
  });

  test('of which one alone takes all that it needs, and no more', () => {
    const three = [like('x/c', 'x/b'), like('x/other', null), like('x/b', 'x/a'), like('x/a', null)];
    expect(ids(withNeeds(three, 'x/c'))).toEqual(['x/a', 'x/b', 'x/c']);
    expect(ids(withNeeds(three, 'x/a'))).toEqual(['x/a']);
  });

  test('and a circle, or a need that nothing meets, is a fault of the program', () => {
    expect(() => ordered([like('x/a', 'x/b'), like('x/b', 'x/a')])).toThrow('x/a → x/b → x/a');
    expect(() => ordered([like('x/a', 'x/nothing')])).toThrow('x/a needs x/nothing');
  });
});

describe('a plan', () => {
  const bytes = (setup: ReturnType<typeof setupOf>) => new TextDecoder().decode(planBytes(planOf(setup)));
  const one = sourceAt('http://127.0.0.1:1', 'one');
  const two = sourceAt('http://127.0.0.1:2', 'two');

  test('is the same bytes whatever the order in the configuration', () => {
    const policy = (days: Record<string, unknown>) => ({ controls: { b: days, a: {} } });
    expect(bytes({ ...setupOf([one, two]), policy: policy({ x: 1, y: 2 }) })).toBe(
      bytes({ ...setupOf([two, one]), policy: policy({ y: 2, x: 1 }) }),
    );
  });

  test('is another where a source, its scope, a threshold or a system is another', () => {
    const system = {
      id: 's',
      name: 'S',
      state: 'not-read',
      declaredBy: 'Ada',
      declaredOn: '2026-01-01',
    } as const;
    const plans = [
      setupOf([one]),
      setupOf([two]),
      setupOf([{ ...one, scope: { url: 'other' } }]),
      { ...setupOf([one]), policy: { controls: { a: { days: 3 } } } },
      { ...setupOf([one]), systems: [system] },
    ].map(bytes);
    expect(new Set(plans).size).toBe(plans.length);
  });

  test('holds no secret', () => {
    expect(bytes(setupOf([one]))).not.toContain('plain-token');
  });
});
