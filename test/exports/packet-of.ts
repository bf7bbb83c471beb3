import { frameworks } from '../../controls/framework.ts';
import { digest } from '../../evidence-model/digest.ts';
import type { OwnHistory } from '../../exports/own/own-history.ts';
import type { Packet } from '../../exports/exporter.ts';
import type { Judgement } from '../../exports/judge.ts';
import type { Profile } from '../../exports/profiles.ts';

/** A packet of a judgement, as if it had been cut somewhere. */
export function packetOf(
  profile: Profile,
  judgement: Judgement,
  before: Packet['before'] = null,
  earlier: Packet['earlier'] = null,
): Packet {
  return {
    ...{
      id: digest('packet'),
      profile,
      judgement,
      frameworks,
      before,
      earlier,
      year: null,
      period: null,
      sample: null,
      own: noHistory,
    },
    checkpoint: { file: '00000009.note', size: 9, chain: digest('chain') },
    stamps: { slots: [], stamped: [], expected: false },
    authorities: [],
    origin: 'exhibit/0123456789abcdef',
    packetPrincipal: 'packet@exhibit/0123456789abcdef',
    exporter: digest('exporter'),
    release: null,
    twin: { tagmanifest: digest('twin') },
  };
}

/** Of a ledger that holds nothing. */
export const noHistory: OwnHistory = {
  ...{ changes: [], programs: [], keysSince: '2026-01-01T00:00:00.000Z' },
  rules: { since: '2026-01-01T00:00:00.000Z', before: 0 },
  counts: { interrupted: 0, torn: 0, checked: 0, unsound: 0, made: 0, released: 0, kept: 0, notKept: 0 },
};
