import { expect, test } from 'vitest';
import type { Plan } from '../../controls/plan.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import { populations } from '../../exports/period/populations.ts';

const unknown = { unknown: 'the source did not say' };
const keys = populations.find(({ id }) => id === 'access-keys');

test.each([
  ['an active key is one', { type: 'access-key', active: true }, true],
  ['one that was switched off is none', { type: 'access-key', active: false }, false],
  ['of one it is not told whether it is active', { type: 'access-key', active: unknown }, null],
  ['a certificate is none, active or not', { type: 'signing-certificate', active: unknown }, false],
  ['what it is, is not told', { type: unknown, active: true }, null],
])('active access keys: %s', (_, said, is) => {
  const fields = new Map(
    Object.entries<unknown>(said).map(([field, value]) => [field, { value, citations: [] }]),
  );
  const key: Subject = {
    source: 'aws-one',
    kind: 'credential',
    id: 'key',
    partitions: new Set(),
    fields,
    citations: [],
  };
  expect(keys?.member(key, {} as Plan).is).toBe(is);
});
