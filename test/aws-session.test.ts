import { describe, expect, test } from 'vitest';
import type { Request } from '../collectors/aws/scope.ts';
import { open, own, problemIn, refusal, standIn, summary, summaryBody, xml } from './support/aws-loopback.ts';

const devices = (serials: readonly string[], end: string) =>
  xml(
    'ListVirtualMFADevices',
    `<VirtualMFADevices>${serials.map((serial) => `<member><SerialNumber>${serial}</SerialNumber></member>`).join('')}</VirtualMFADevices>${end}`,
  );

const listing: Request = {
  service: 'iam',
  operation: 'ListVirtualMFADevices',
  input: {},
  account: own,
  paging: { out: 'Marker', in: 'Marker', more: 'IsTruncated' },
};
describe('paging', () => {
  test('a listing is read to its last page', async () => {
    const { endpoint } = await standIn(({ operation, body }) =>
      operation !== 'ListVirtualMFADevices'
        ? undefined
        : body.includes('Marker=m1')
          ? { body: devices(['c'], '<IsTruncated>false</IsTruncated>') }
          : { body: devices(['a', 'b'], '<IsTruncated>true</IsTruncated><Marker>m1</Marker>') },
    );
    const pages = await (await open(endpoint)).read(listing);
    expect(pages.map(({ answer }) => answer.ok && answer.value)).toEqual([
      { VirtualMFADevices: [{ SerialNumber: 'a' }, { SerialNumber: 'b' }], IsTruncated: true, Marker: 'm1' },
      { VirtualMFADevices: [{ SerialNumber: 'c' }], IsTruncated: false },
    ]);
    expect(pages.map(({ exchange }) => exchange?.input)).toEqual([{}, { Marker: 'm1' }]);
  });

  test.each([
    ['a token that came before', '<IsTruncated>true</IsTruncated><Marker>m1</Marker>', 'repeated-page', 2],
    ['more, and not where', '<IsTruncated>true</IsTruncated>', 'not-understood', 1],
    [
      'where it goes on, and no more',
      '<IsTruncated>false</IsTruncated><Marker>m1</Marker>',
      'not-understood',
      1,
    ],
    ['neither', '', 'not-understood', 1],
  ])('a page that tells %s is not the end of a whole listing', async (_what, end, reason, requests) => {
    const { endpoint, asked } = await standIn(({ operation }) =>
      operation === 'ListVirtualMFADevices' ? { body: devices(['a'], end) } : undefined,
    );
    const pages = await (await open(endpoint)).read(listing);
    expect(problemIn(pages.at(-1))).toMatchObject({ outcome: 'failed', reason });
    expect(pages[0]?.answer.ok).toBe(true);
    expect(asked.filter(({ operation }) => operation === 'ListVirtualMFADevices')).toHaveLength(requests);
  });
});

describe('what AWS makes for one question', () => {
  const uses: Request = {
    service: 'iam',
    operation: 'GetServiceLastAccessedDetails',
    input: {},
    account: own,
    paging: { out: 'Marker', in: 'Marker', more: 'IsTruncated' },
    job: {
      operation: 'GenerateServiceLastAccessedDetails',
      input: { Arn: 'arn:aws:iam::111111111111:user/ann' },
      token: 'JobId',
      state: { field: 'JobStatus', pending: 'IN_PROGRESS', done: 'COMPLETED' },
      maximumWaitMs: 20_000,
    },
  };
  const made = (state: string, end = '<IsTruncated>false</IsTruncated>') =>
    xml('GetServiceLastAccessedDetails', `<JobStatus>${state}</JobStatus><ServicesLastAccessed/>${end}`);
  const job = '<JobId>00000000-0000-4000-8000-000000000001</JobId>';
  const running = (details: (before: number, body: string) => string, begun = job) =>
    standIn(({ operation, before, body }) => {
      if (operation === 'GenerateServiceLastAccessedDetails') return { body: xml(operation, begun) };
      return operation === 'GetServiceLastAccessedDetails' ? { body: details(before, body) } : undefined;
    });

  test('is asked for by its token until it is made, and what came before are asides', async () => {
    const { endpoint, asked } = await running((before, body) =>
      before < 2
        ? made('IN_PROGRESS')
        : body.includes('Marker=m1')
          ? made('COMPLETED')
          : made('COMPLETED', '<IsTruncated>true</IsTruncated><Marker>m1</Marker>'),
    );
    const { read, slept } = await open(endpoint);
    const pages = await read(uses);
    expect(pages.map(({ answer }) => answer.ok && answer.value)).toMatchObject([
      { JobStatus: 'COMPLETED', Marker: 'm1' },
      { JobStatus: 'COMPLETED' },
    ]);
    const names = pages[0]!.asides.map(({ operation }) => operation?.split(':')[1]);
    expect(names.slice(-3)).toEqual([
      'GenerateServiceLastAccessedDetails',
      'GetServiceLastAccessedDetails',
      'GetServiceLastAccessedDetails',
    ]);
    expect(slept).toEqual([1000, 2000]);
    const begun = asked.filter(({ operation }) => operation === 'GenerateServiceLastAccessedDetails');
    expect(begun).toHaveLength(1);
    for (const { exchange } of pages)
      expect(exchange?.input).toMatchObject({ JobId: '00000000-0000-4000-8000-000000000001' });
  });

  test.each([
    ['in progress for ever', () => made('IN_PROGRESS'), job, 'timed-out'],
    ['failed', () => made('FAILED'), job, 'unexpected-answer'],
    ['in a state that nobody knows', () => made('PARTLY'), job, 'unexpected-answer'],
    ['in no state', () => xml('GetServiceLastAccessedDetails', ''), job, 'unexpected-answer'],
    ['never begun', () => made('COMPLETED'), '', 'not-understood'],
  ])('%s is no answer', async (_what, details, begun, reason) => {
    const { endpoint } = await running(details, begun);
    const pages = await (await open(endpoint)).read(uses);
    expect(pages).toHaveLength(1);
    expect(problemIn(pages[0])).toMatchObject({ outcome: 'failed', reason });
  });

  test('a refusal to begin is a refusal', async () => {
    const { endpoint } = await standIn(({ operation }) =>
      operation === 'GenerateServiceLastAccessedDetails' ? refusal('AccessDenied', 403) : undefined,
    );
    const [page] = await (await open(endpoint)).read(uses);
    expect(problemIn(page)).toMatchObject({ outcome: 'denied', reason: 'permission-missing' });
  });
});

describe('repeating', () => {
  test('a throttled request is sent again by the SDK, and each attempt is kept as an aside', async () => {
    const { endpoint } = await standIn(({ operation, before }) =>
      operation !== 'GetAccountSummary'
        ? undefined
        : before < 2
          ? refusal('Throttling', 400)
          : { body: summaryBody },
    );
    const { read, slept, kept } = await open(endpoint);
    const [page, ...others] = await read(summary);
    expect(others).toEqual([]);
    expect(page?.answer).toEqual({ ok: true, value: { SummaryMap: { Users: 2 } } });
    const asides = page!.asides.filter(({ operation }) => operation === 'iam:GetAccountSummary');
    expect(asides.map(({ status }) => status)).toEqual([400, 400]);
    expect(asides.map(({ artifact }) => kept.get(artifact!)?.toString())).toEqual([
      refusal('Throttling', 400).body,
      refusal('Throttling', 400).body,
    ]);
    expect(slept).toEqual([250, 500]);
  });

  test.each([
    ['throttling', refusal('Throttling', 400), 'throttled', 6],
    ['a broken server', { status: 503, body: '<html>' }, 'server-error', 6],
    ['a refusal', refusal('AccessDenied', 403), 'permission-missing', 1],
  ])('%s without end is given up', async (_what, reply, reason, attempts) => {
    const { endpoint, asked } = await standIn(({ operation }) =>
      operation === 'GetAccountSummary' ? reply : undefined,
    );
    const [page] = await (await open(endpoint)).read(summary);
    expect(problemIn(page)?.reason).toBe(reason);
    expect(asked.filter(({ operation }) => operation === 'GetAccountSummary')).toHaveLength(attempts);
  });

  test.each([
    ['a refusal', 'AccessDenied', 1],
    ['a request that it finds expired', 'RequestExpired', 2],
  ])(
    'where the clock of the source is off, %s is asked as often as that helps',
    async (_what, code, times) => {
      const date = 'Sat, 10 Jan 2015 01:00:00 GMT';
      const { endpoint, asked } = await standIn(() => ({ ...refusal(code, 403), date }));
      await (await open(endpoint)).read({ ...summary, account: null });
      expect(asked).toHaveLength(times);
    },
  );

  test('a server that is not there is asked again, and each attempt is kept', async () => {
    const [page] = await (await open('http://127.0.0.1:9')).read({ ...summary, account: null });
    expect(problemIn(page)).toMatchObject({ outcome: 'failed', reason: 'unreachable', code: null });
    expect(page!.asides).toHaveLength(5);
    expect(page!.exchange).toMatchObject({ status: 0, artifact: null });
    expect(page!.exchange!.failure).toContain('unreachable');
  });

  test('a service without a host in a region is not known to have nothing there', async () => {
    const [page] = await (
      await open('https://inspector2.xx-nowhere-1.invalid')
    ).read({ ...summary, account: null });
    expect(problemIn(page)).toMatchObject({ outcome: 'failed', reason: 'unreachable', code: null });
    expect(problemIn(page)?.text).toContain('either AWS does not offer the service in this region');
  });

  test('a stop is heard while waiting', async () => {
    let stop: () => void = () => undefined;
    const { endpoint, asked } = await standIn(({ operation }) => {
      if (operation !== 'GetAccountSummary') return undefined;
      stop();
      return refusal('Throttling', 400);
    });
    const session = await open(endpoint);
    stop = () => session.stop.abort();
    const pages = await session.read(summary);
    expect(problemIn(pages.at(-1))?.outcome).toBe('failed');
    expect(asked.filter(({ operation }) => operation === 'GetAccountSummary')).toHaveLength(1);
  });

  test('a report that never gets ready is given up after the time that was given', async () => {
    const { endpoint, asked } = await standIn(({ operation }) =>
      operation === 'GenerateCredentialReport'
        ? { body: xml(operation, '<State>INPROGRESS</State>') }
        : undefined,
    );
    const { read, slept } = await open(endpoint);
    const pages = await read({
      ...summary,
      operation: 'GetCredentialReport',
      prepare: {
        operation: 'GenerateCredentialReport',
        until: { field: 'State', equals: 'COMPLETE' },
        maximumWaitMs: 60_000,
      },
    });
    expect(pages).toHaveLength(1);
    expect(problemIn(pages[0])).toMatchObject({ outcome: 'failed', reason: 'timed-out' });
    expect(slept).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    expect(pages[0]!.asides.at(-1)?.operation).toBe('iam:GenerateCredentialReport');
    expect(asked.some(({ operation }) => operation === 'GetCredentialReport')).toBe(false);
  });
});
