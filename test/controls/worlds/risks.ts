import type { Told } from '../support.ts';
import { microsoft365 } from '../worlds.ts';
import { licensed } from './privileged.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whom Microsoft holds to be at risk: `cleo`, of whom what is given is true. */
export const atRisk = (risk: Fields = {}): Told => ({
  dataset: 'microsoft365/risky-users',
  kinds: { 'risky-account': { speaks: ['account', 'level', 'state', 'changedAt'], lists: true } },
  records: [
    {
      kind: 'risky-account',
      id: 'cleo',
      account: 'cleo',
      level: 'high',
      state: 'remediated',
      changedAt: '2026-06-01T00:00:00.000Z',
      ...risk,
    },
  ],
});

/** A tenant in which risk is told. */
export const risky = ({
  risk,
  user,
  services,
}: { risk?: Fields; user?: Fields; services?: unknown } = {}) => [
  ...microsoft365(user ? { user } : {}),
  atRisk(risk),
  licensed(services),
];
