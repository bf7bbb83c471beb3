import type { Told } from '../support.ts';
import { microsoft365 } from '../worlds.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Facts {
  /** Of the program that is judged; another, of the company's own, does nothing. */
  readonly program?: Fields;
  readonly grant?: Fields;
  readonly secret?: Fields;
  readonly registration?: Fields;
}

/** Programs that were let in, what they may, and what they prove themselves with. */
export function letIn({ program = {}, grant = {}, secret = {}, registration = {} }: Facts = {}): Told[] {
  return [
    {
      dataset: 'microsoft365/service-principals',
      kinds: {
        application: { speaks: ['name', 'program', 'type', 'maker', 'builtIn', 'suspended'], lists: true },
        credential: { speaks: ['account', 'type', 'expiresAt'], lists: true },
      },
      records: ['pipeline', 'quiet'].map((id) => ({
        kind: 'application',
        id,
        name: id,
        program: `app-${id}`,
        type: 'Application',
        maker: 'tenant',
        builtIn: false,
        suspended: false,
        ...(id === 'pipeline' ? program : {}),
      })),
    },
    {
      dataset: 'microsoft365/applications',
      kinds: {
        'app-registration': { speaks: ['name', 'program'], lists: true },
        credential: { speaks: ['account', 'type', 'expiresAt'], lists: true },
      },
      records: [
        {
          kind: 'app-registration',
          id: 'registered',
          name: 'pipeline',
          program: 'app-pipeline',
          ...registration,
        },
        {
          kind: 'credential',
          id: 'registered:one',
          account: 'registered',
          type: 'program-password',
          expiresAt: '2026-06-20T00:00:00.000Z',
          ...secret,
        },
        {
          kind: 'credential',
          id: 'registered:two',
          account: 'registered',
          type: 'program-certificate',
          expiresAt: '2030-01-01T00:00:00.000Z',
        },
      ],
    },
    {
      dataset: 'microsoft365/app-role-assignments',
      kinds: { 'permission-grant': { speaks: ['holder', 'way', 'permissions'], lists: true } },
      partitions: { graph: 'complete' },
      records: [
        {
          kind: 'permission-grant',
          id: 'grant',
          partition: 'graph',
          holder: 'pipeline',
          way: 'by-itself',
          permissions: ['Directory.ReadWrite.All'],
          ...grant,
        },
      ],
    },
  ];
}

/** A tenant with programs. */
export const programs = (facts: Facts & Parameters<typeof microsoft365>[0] = {}) => [
  ...microsoft365(facts),
  ...letIn(facts),
];
