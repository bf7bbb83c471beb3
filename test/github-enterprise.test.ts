import { describe, expect, onTestFinished, test } from 'vitest';
import { lacks, requirementAt, signInOf } from '../collectors/github/managed.ts';
import type { Demo } from '../demo/index.ts';
import { consented } from '../collectors/dataset.ts';
import { github } from '../collectors/github/index.ts';
import { Clock, readNight, sourcesOf } from './hostile/bench.ts';
import { startSpotless } from './hostile/spotless.ts';

const start = new Date('2026-05-04T02:00:00Z');

/** A night in an organisation in which nothing is wrong. */
async function night(plant: (demo: Demo) => void = () => undefined) {
  const clock = new Clock(start.toISOString());
  const demo = await startSpotless({ now: start, clock: clock.now });
  onTestFinished(() => demo.close());
  plant(demo);
  const source = sourcesOf(demo).get('github')!;
  const judgement = await readNight(
    { ...source, datasets: consented(github.datasets, 'insurance-mfa', ['enterprise']) },
    { clock, authorities: [], report: () => undefined },
  );
  const { verdicts } = judgement.results.find(({ control }) => control === 'mfa-enabled-github-members')!;
  return { judgement, organization: demo.company.github.organizations[0]!, verdicts };
}

describe('an account that its enterprise manages', () => {
  test('is never said to have a second factor because no list of GitHub names it, nor to have none because one does', async () => {
    const { organization, verdicts } = await night((demo) => {
      const [first, second] = demo.company.github.organizations[0]!.members;
      first!.login = `${first!.login}_larkspur`;
      Object.assign(second!, { login: `${second!.login}_larkspur`, twoFactor: 'disabled' });
    });
    const [first, second, ...others] = organization.members.map(({ id }) =>
      verdicts.find(({ subject }) => subject === String(id)),
    );
    for (const verdict of [first, second]) {
      expect(verdict?.status).toBe('no-data');
      expect(verdict?.reason).toContain('its identity provider signs it in');
    }
    expect(new Set(others.map((verdict) => verdict?.status))).toEqual(new Set(['pass']));
  });

  test('is known by its login on github.com, is any where data resides, and cannot be told elsewhere', () => {
    const at = (url: string, login: string) => signInOf(login, { url }).managed;
    expect(at('https://api.github.com', 'ada')).toBe(false);
    expect(at('https://api.github.com', 'ada_lark')).toBe(true);
    for (const url of ['https://api.lark.ghe.com', 'https://api.lark.ghe.com./'])
      expect(at(url, 'ada')).toBe(true);
    for (const url of ['/api/v3/', '/API/v3', '/api/v3//', ''].map(
      (path) => `https://github.example.com${path}`,
    ))
      expect(at(url, 'ada')).toHaveProperty('unknown');
  });

  test('is not taken for the one that the enterprise was set up with, which signs in with a password', () => {
    const scope = { url: 'https://api.github.com' };
    expect(signInOf('lark_admin', scope).managed).toHaveProperty('unknown');
    expect(signInOf('lark_admin', scope).mfaEnabled).toHaveProperty('unknown');
    expect(lacks('lark_admin', scope)).toBe(false);
    expect(lacks('ada_lark', scope)).toHaveProperty('unknown');
  });

  test('may lack what GitHub lists it as lacking, where nobody knows who signs in', () => {
    expect(lacks('ada', { url: 'https://github.example.com/api/v3' })).toBe(false);
  });

  test('makes a requirement of GitHub that is off say nothing, where all are managed or may be', () => {
    expect(requirementAt(false, { url: 'https://api.github.com' })).toBe(false);
    for (const url of ['https://api.lark.ghe.com', 'https://github.example.com/api/v3']) {
      expect(requirementAt(false, { url })).toHaveProperty('unknown');
      expect(requirementAt(true, { url })).toBe(true);
    }
  });
});

describe('the identities of an enterprise', () => {
  const id = 'github/enterprise-identities';

  test('are all read with the classic token of an owner', async () => {
    const { judgement, organization } = await night();
    const snapshot = judgement.datasets.find(({ dataset }) => dataset === id)?.snapshot;
    expect(snapshot?.end.reasons).toEqual([]);
    const accounts = [...(snapshot?.records() ?? [])].map(({ data }) => data['account']);
    const { identities } = organization.estate.enterprise;
    expect(accounts).toEqual(identities!.map(({ user }) => (user === null ? 'none' : String(user))));
  });

  test('are not taken for none where no provider is shown', async () => {
    const { judgement } = await night((demo) => {
      demo.company.github.organizations[0]!.estate.enterprise.identities = null;
    });
    const end = judgement.datasets.find(({ dataset }) => dataset === id)?.snapshot?.end;
    expect(end?.outcome).toBe('partial');
    expect(end?.reasons.map(({ text }) => text).join()).toContain('an identity provider of the enterprise');
  });

  test('are refused to somebody who does not own it, and it is said what to grant', async () => {
    const { judgement } = await night((demo) => {
      for (const token of demo.company.github.tokens) token.owner = false;
    });
    const end = judgement.datasets.find(({ dataset }) => dataset === id)?.snapshot?.end;
    expect(end?.outcome).not.toBe('complete');
    expect(end?.reasons.flatMap(({ grant }) => grant)).toContain(
      'Enterprise owner, by a classic token with read:enterprise',
    );
  });
});
