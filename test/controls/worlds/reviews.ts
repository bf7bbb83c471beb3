import type { z } from 'zod';
import { populationDigest, type Review } from '../../../controls/declared/review.ts';
import type { Told, Written } from '../support.ts';
import { people, written } from './people.ts';

type Row = z.input<typeof Review>['rows'][number];

const everybody = [
  { subject: 'ada-id', name: 'ada@larkspur.example' },
  { subject: 'bo-id', name: 'bo@larkspur.example' },
];
const slot = '20260601T023000Z';

/** A directory of two, of which the second may have changed or be gone. */
export function directory(bo: Readonly<Record<string, unknown>> | null = {}): Told[] {
  return people()
    .filter(({ dataset }) => dataset === 'microsoft365/users')
    .map((told) => ({
      ...told,
      records: [
        ...told.records,
        ...(bo ? [{ kind: 'account', id: 'bo-id', name: 'bo@larkspur.example', enabled: true, ...bo }] : []),
      ],
    }));
}

/** Both are written down. */
export const register = {
  people: [
    ...written.people!.map((each) => ({ ...each, accounts: each.accounts.slice(0, 1) })),
    {
      id: 'bo',
      name: 'Bo Example',
      accounts: [{ source: 'microsoft365-one', account: 'bo-id' }],
      linkedBy: 'An Officer',
      linkedOn: '2026-01-01',
    },
  ],
};

const decided = (n: number, change: Partial<Row> = {}): Row => ({
  ...everybody[n]!,
  reviewer: n === 0 ? 'Bo Example' : 'ada',
  decision: 'keep',
  decidedOn: '2026-06-08',
  ...change,
});

/** A review of both, in good order, of the accounts that the vault has of the slot. */
export function reviewed({
  review = {},
  ada = {},
  bo = {},
  open = null,
  readOn = '2026-06-01',
  datasets = ['microsoft365/users'],
}: {
  review?: Partial<z.input<typeof Review>>;
  ada?: Partial<Row>;
  bo?: Partial<Row>;
  open?: string | null;
  readOn?: string;
  datasets?: readonly string[];
} = {}): Written {
  return {
    declared: {
      reviews: [
        {
          id: 'second-quarter',
          source: 'microsoft365-one',
          startedOn: '2026-06-02',
          population: { slot, count: 2, digest: populationDigest(everybody) },
          signedOffBy: 'Ada Example',
          signedOffOn: '2026-06-10',
          rows: [decided(0, ada), decided(1, bo)],
          ...review,
        },
      ],
    },
    populations: [{ source: 'microsoft365-one', slot, readOn, datasets, rows: everybody, open, of: [] }],
  };
}
