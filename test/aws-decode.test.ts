import { describe, expect, test } from 'vitest';
import { aws } from '../collectors/aws/index.ts';
import { isOwnAnswer } from '../collectors/aws/own-answer.ts';
import { open, problemIn, refusal, standIn, summaryBody, xml } from './support/aws-loopback.ts';

describe('what is kept can be read again', () => {
  const details = xml(
    'GetAccountAuthorizationDetails',
    '<UserDetailList><member><UserName>ann</UserName><Arn>arn</Arn><CreateDate>2020-01-02T03:04:05Z</CreateDate><GroupList/></member></UserDetailList>' +
      '<GroupDetailList/><RoleDetailList/><Policies/><IsTruncated>false</IsTruncated>',
  );
  const report = xml(
    'GetCredentialReport',
    `<Content>${Buffer.from('a,b\n1,2\n').toString('base64')}</Content><GeneratedTime>2020-01-02T03:04:05Z</GeneratedTime>`,
  );
  test.each([
    [
      'iam',
      'GetAccountAuthorizationDetails',
      { body: details },
      { UserDetailList: [{ CreateDate: '2020-01-02T03:04:05.000Z', GroupList: [] }], Policies: [] },
    ],
    [
      'iam',
      'GetCredentialReport',
      { body: report },
      { Content: 'YSxiCjEsMgo=', GeneratedTime: '2020-01-02T03:04:05.000Z' },
    ],
    [
      'organizations',
      'ListAccounts',
      { body: '{"Accounts":[{"Id":"1","JoinedTimestamp":1577934245.5}]}' },
      { Accounts: [{ Id: '1', JoinedTimestamp: '2020-01-02T03:04:05.500Z' }] },
    ],
    [
      'cloudtrail',
      'GetTrailStatus',
      { body: '{"IsLogging":false,"LatestDeliveryTime":1577934245}' },
      { IsLogging: false, LatestDeliveryTime: '2020-01-02T03:04:05.000Z' },
    ],
  ] as const)('%s:%s: the value is that of the kept bytes', async (service, operation, reply, value) => {
    const { endpoint } = await standIn((asked) => (asked.operation === operation ? reply : undefined));
    const { read, kept } = await open(endpoint);
    const [page] = await read({ service, operation, input: {}, account: null });
    expect(page?.answer).toMatchObject({ ok: true, value });
    const decoded = await aws.decode(page!.exchange!, kept.get(page!.exchange!.artifact!)!);
    expect(decoded).toEqual(page!.answer);
  });

  test.each([
    ['NoSuchEntity', 'iam', refusal('NoSuchEntity', 404), 'failed', 'unexpected-answer', 'NoSuchEntity'],
    ['a denial in XML', 'iam', refusal('AccessDenied', 403), 'denied', 'permission-missing', 'AccessDenied'],
    [
      'a denial in JSON',
      'cloudtrail',
      { status: 400, body: '{"__type":"AccessDeniedException"}' },
      'denied',
      'permission-missing',
      'AccessDeniedException',
    ],
    ['keys that ended', 'iam', refusal('ExpiredToken', 403), 'denied', 'credentials-refused', 'ExpiredToken'],
    [
      'keys that are none',
      'iam',
      refusal('InvalidClientTokenId', 403),
      'denied',
      'credentials-refused',
      'InvalidClientTokenId',
    ],
    [
      'no subscription',
      'iam',
      refusal('OptInRequired', 403),
      'not-licensed',
      'licence-missing',
      'OptInRequired',
    ],
    [
      'a page that is no answer',
      'iam',
      { status: 404, body: '<html><br></p>' },
      'failed',
      'unexpected-answer',
      null,
    ],
    [
      'an answer that was cut off',
      'iam',
      { body: summaryBody.slice(0, 90) },
      'failed',
      'not-understood',
      null,
    ],
    [
      'a number that is none',
      'iam',
      { body: summaryBody.replace('2', 'two') },
      'failed',
      'not-understood',
      null,
    ],
    [
      'a page for people that can be read as an answer without fields',
      'iam',
      { body: '<html><body><h1>Back soon</h1></body></html>' },
      'failed',
      'not-understood',
      null,
    ],
    [
      'an answer to another question',
      'iam',
      { body: '<ListUsersResponse><ListUsersResult/></ListUsersResponse>' },
      'failed',
      'not-understood',
      null,
    ],
    ['text where JSON should be', 'cloudtrail', { body: 'ok' }, 'failed', 'not-understood', null],
  ] as const)(
    '%s is the same problem live and kept',
    async (_what, service, reply, outcome, reason, code) => {
      const operation = service === 'iam' ? 'GetAccountSummary' : 'DescribeTrails';
      const { endpoint } = await standIn((asked) => (asked.operation === operation ? reply : undefined));
      const { read, kept } = await open(endpoint);
      const [page] = await read({ service, operation, input: {}, account: null });
      expect(problemIn(page)).toMatchObject({ outcome, reason, code });
      const decoded = await aws.decode(page!.exchange!, kept.get(page!.exchange!.artifact!)!);
      expect(decoded).toEqual({ ok: false, code });
    },
  );
});

describe('an answer in XML is the service’s own', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  test.each([
    ['s3', 'GetBucketVersioning', '<?xml version="1.0"?>\n<VersioningConfiguration/>', true],
    [
      's3',
      'GetBucketVersioning',
      '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>',
      true,
    ],
    ['s3', 'GetBucketVersioning', '<!doctype html><html><body>Back soon</body></html>', false],
    ['s3', 'GetBucketVersioning', '<?xml version="1.0"?><HTML xmlns="http://www.w3.org/1999/xhtml"/>', false],
    ['s3', 'GetBucketVersioning', 'Back soon', false],
    ['s3', 'GetBucketVersioning', '', false],
    [
      'ec2',
      'DescribeRegions',
      '<DescribeRegionsResponse xmlns="x"><regionInfo/></DescribeRegionsResponse>',
      true,
    ],
    ['ec2', 'DescribeRegions', '<page/>', false],
    ['kms', 'ListKeys', '{}', true],
  ] as const)('%s:%s %s', (service, operation, text, own) => {
    expect(isOwnAnswer(service, operation, bytes(text))).toBe(own);
  });
});
