import { anyOther, type Domains } from './dimensions.ts';
import type { Tenant } from './model.ts';
import { olderTrusted } from './places.ts';
import type { Dimension, Way } from './way.ts';

type Say = (name: string) => string;

const clients: Readonly<Record<string, string>> = {
  browser: 'in a browser',
  mobileappsanddesktopclients: 'in an app',
  exchangeactivesync: 'in a client of Exchange ActiveSync',
  other: 'in another old client',
};
const flows: Readonly<Record<string, string>> = {
  none: 'on the device itself',
  devicecodeflow: 'by a code that is typed elsewhere',
  authenticationtransfer: 'by a transfer from another device',
};
const groups: Readonly<Record<string, string>> = {
  office365: 'Office 365',
  microsoftadminportals: "Microsoft's portals for administrators",
};
const facts: Readonly<Record<string, readonly [is: string, isNot: string]>> = {
  compliantDevice: ['on a compliant device', 'on a device that is not compliant'],
  domainJoinedDevice: ['on a joined device', 'on a device that is not joined'],
  approvedApplication: ['in an approved app', ''],
  compliantApplication: ['in a protected app', ''],
  passwordChange: ['by changing the password', ''],
};

/** What is special about such a sign-in, in plain words. */
export function wordsOf(way: Way, domains: Domains, places: Tenant['places']): string {
  const parts = [
    ...placesOf(way, places),
    ...list(way, domains, 'client', (name) => clients[name] ?? name, ', or '),
    ...application(way, domains),
    ...list(
      way,
      domains,
      'platform',
      (name) => `on ${name === anyOther ? 'a platform that no policy names' : name}`,
      ' or ',
    ),
    ...risk(way, domains, 'signInRisk', 'sign-in risk'),
    ...risk(way, domains, 'userRisk', 'user risk'),
    ...risk(way, domains, 'insiderRisk', 'insider risk'),
    ...list(way, domains, 'flow', (name) => flows[name] ?? name, ' or '),
    ...[...way.facts].map(([fact, is]) => factText(fact, is)).sort(),
  ];
  return parts.length === 0 ? 'at any sign-in' : parts.join(', ');
}

function factText(fact: string, is: boolean): string {
  const known = facts[fact];
  if (known) return known[is ? 0 : 1];
  if (!fact.startsWith('filter ')) return `where ${fact}`;
  return `on a device that ${is ? 'meets' : 'does not meet'} ${fact.slice('filter '.length)}`;
}

function placesOf({ inside, outside, trusted }: Way, places: Tenant['places']): string[] {
  const name: Say = (id) =>
    id === olderTrusted ? 'the addresses that older settings trust' : (places.get(id)?.name ?? id);
  if (inside.size > 0) return [`from ${[...inside].map(name).sort().join(' and ')}`];
  return [
    ...(trusted === true ? ['from a trusted place'] : []),
    ...(trusted === false ? ['from a place that is not trusted'] : []),
    ...(outside.size > 0 ? [`from outside ${[...outside].map(name).sort().join(' and ')}`] : []),
  ];
}

function application(way: Way, domains: Domains): string[] {
  const allowed = way.of.get('application');
  if (!allowed) return [];
  const say: Say = (name) => groups[name] ?? name;
  if (!allowed.has(anyOther)) return [`in ${shortened([...allowed].sort().map(say), ' or ')}`];
  const rest = [...domains.application.difference(allowed)].sort().map(say);
  return rest.length === 0 ? [] : [`in an application other than ${shortened(rest, ' and ')}`];
}

function risk(way: Way, domains: Domains, dimension: Dimension, name: string): string[] {
  return list(
    way,
    domains,
    dimension,
    (level) => (level === 'none' ? `without ${name}` : `at ${level} ${name}`),
    ' or ',
  );
}

function list(way: Way, domains: Domains, dimension: Dimension, say: Say, between: string): string[] {
  const allowed = way.of.get(dimension);
  if (!allowed || allowed.size === domains[dimension].size) return [];
  return [
    [...domains[dimension]]
      .filter((name) => allowed.has(name))
      .map(say)
      .join(between),
  ];
}

const mostNamed = 3;

function shortened(names: readonly string[], between: string): string {
  const more = names.length - mostNamed;
  return more > 0 ? `${names.slice(0, mostNamed).join(between)} (and ${more} more)` : names.join(between);
}
