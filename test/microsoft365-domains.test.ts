import { expect, onTestFinished, test } from 'vitest';
import type { DnsModel } from '../demo/dns/server.ts';
import type { FaultRule } from '../demo/misbehave.ts';
import { Clock, readNight, sourcesOf } from './hostile/bench.ts';
import { startSpotless } from './hostile/spotless.ts';

const start = new Date('2026-05-04T02:00:00Z');
const home = 'larkspur.example.com';
const parked = 'larkspur-analytics.example';
const dmarc = (...parts: string[]) => [`v=DMARC1; ${parts.join('; ')}; rua=mailto:dmarc@example.com`];

interface Planted {
  readonly publish?: (dns: DnsModel) => void;
  readonly fault?: FaultRule;
}

/** What comes of one domain in a night in which this is published, with all that was kept of the look-ups. */
async function night({ publish, fault }: Planted, domain = home) {
  const clock = new Clock(start.toISOString());
  const demo = await startSpotless({ now: start, clock: clock.now });
  onTestFinished(() => demo.close());
  publish?.(demo.company.dns);
  if (fault) demo.microsoft365.server.faults.add(fault);
  const source = sourcesOf(demo).get('microsoft365')!;
  const read = ['domains', 'mail-exchangers', 'sender-policies', 'dmarc-policies', 'signing-keys'];
  const datasets = source.datasets.filter(({ id }) => read.includes(id.split('/')[1]!));
  const judgement = await readNight(
    { ...source, datasets },
    { clock, authorities: [demo.microsoft365.certificate], report: () => undefined },
  );
  const verdict = (control: string) =>
    judgement.results
      .find((result) => result.control === control)
      ?.verdicts.find(({ subject }) => subject === domain);
  const snapshots = new Map(judgement.datasets.map(({ dataset, snapshot }) => [dataset, snapshot!]));
  const [dmarcVerdict, spf] = [verdict('dmarc-enforced'), verdict('spf-dkim-valid')];
  return { judgement, snapshots, dmarc: dmarcVerdict, spf, status: [dmarcVerdict?.status, spf?.status] };
}

test('a domain that publishes all it should passes, by answers that are kept as they came', async () => {
  const { status, dmarc: found, snapshots } = await night({});
  expect(status).toEqual(['pass', 'pass']);
  expect(found?.reason).toContain('by an answer that no signature proves');
  const records = [...snapshots.get('microsoft365/sender-policies')!.records()].map(({ data }) => data);
  // A text that is published in parts is one, and what others say by way of others is there.
  expect(records).toContainEqual({
    id: home,
    senderPolicies: ['v=spf1 include:spf.protection.outlook.com include:_spf.tidewater.example -all'],
    senderPoliciesSigned: false,
  });
  expect(records.map(({ name }) => name)).toContain('_blocks.tidewater.example');
});

test('a domain that only the settings name is judged too, and that its answers are signed is told', async () => {
  const { status, dmarc: found, spf } = await night({}, parked);
  expect(status).toEqual(['pass', 'pass']);
  expect(found?.reason).not.toContain('no signature');
  expect(spf?.reason).toBe('it says that no server may send for it');
});

const broken = (place: string, code: number) => (dns: DnsModel) => {
  dns.broken[place] = code;
};
const cases: readonly (readonly [string, Planted, readonly [string, string]])[] = [
  [
    'several sender policies',
    { publish: ({ records }) => records[home]!.txt!.push(['v=spf1 -all']) },
    ['pass', 'fail'],
  ],
  [
    'a policy of the registered domain above, and none of its own',
    {
      publish: ({ records }) => {
        records[`_dmarc.${home}`] = {};
        records['_dmarc.example.com'] = { txt: [dmarc('p=none', 'sp=quarantine')] };
      },
    },
    ['pass', 'pass'],
  ],
  ['no policy at all', { publish: ({ records }) => (records[`_dmarc.${home}`] = {}) }, ['fail', 'pass']],
  [
    'p=none',
    { publish: ({ records }) => (records[`_dmarc.${home}`] = { txt: [dmarc('p=none')] }) },
    ['fail', 'pass'],
  ],
  ['a resolver that cannot find out', { publish: broken('example.com', 2) }, ['no-data', 'no-data']],
  ['a resolver that refuses', { publish: broken('example.com', 5) }, ['no-data', 'no-data']],
  [
    'a sender whose policy cannot be found out',
    { publish: broken('spf.protection.outlook.com', 2) },
    ['pass', 'no-data'],
  ],
  [
    'a sender whose policy is not there',
    { publish: ({ records }) => (records['spf.protection.outlook.com'] = {}) },
    ['pass', 'fail'],
  ],
  [
    'no answer',
    { fault: { match: { path: /^\/dns-query/ }, fault: { kind: 'drop', when: 'before-headers' } } },
    ['no-data', 'no-data'],
  ],
  [
    'answers that are about something else',
    {
      fault: {
        match: { path: /^\/dns-query/ },
        fault: { kind: 'replace', find: 'larkspur', by: 'larkspot' },
        lenient: true,
      },
    },
    ['no-data', 'no-data'],
  ],
  [
    'answers that were cut short',
    { fault: { match: { path: /^\/dns-query/ }, fault: { kind: 'cut', where: 'text', keep: 0.9 } } },
    ['no-data', 'no-data'],
  ],
  [
    'a page of somebody in between',
    { fault: { match: { path: /^\/dns-query/ }, fault: { kind: 'not-json' } } },
    ['no-data', 'no-data'],
  ],
];

test.each(cases)('%s', async (_, planted, status) => {
  const found = await night(planted);
  // Of a domain about which nothing was found out there is nothing to say, and the results say why.
  const told = ['dmarc-enforced', 'spf-dkim-valid'].map((id, n) => {
    const result = found.judgement.results.find(({ control }) => control === id)!;
    return found.status[n] ?? (result.because.length > 0 ? 'no-data' : 'missing');
  });
  expect(told).toEqual(status);
});

test('answers that somebody forged are kept with the word that no signature proves them', async () => {
  const { dmarc: found, snapshots } = await night(
    {
      publish: (dns) => {
        dns.signed = [];
        dns.records[`_dmarc.${parked}`] = { txt: [dmarc('p=reject')] };
      },
    },
    parked,
  );
  expect(found).toMatchObject({ status: 'pass' });
  expect(found?.reason).toContain('by an answer that no signature proves');
  const records = [...snapshots.get('microsoft365/dmarc-policies')!.records()];
  expect(records.find(({ data }) => data['name'] === parked)?.data['signed']).toBe(false);
});
