import { describe, expect, test } from 'vitest';
import { ConditionalAccess, type Question } from '../../controls/conditional-access/engine.ts';
import type { Account, Outcome, Policy, Tenant } from '../../controls/conditional-access/model.ts';
import { way } from '../../controls/conditional-access/way.ts';
import {
  abroad,
  ada,
  anyMfa,
  branch,
  home,
  id,
  office,
  passwordAnd,
  person,
  policy,
  strong,
  tenant,
} from './tenants.ts';

const [bob, group, other, role, app, exchange] = [id(2), id(11), id(12), id(21), id(31), id(32)];
const inGroup = { groups: new Set([group]) };
const holder = { roles: new Set([role]) };
const guest = { standing: ['b2bCollaborationGuest'] };
const anyGuest = { standing: ['b2bCollaborationGuest', 'internalGuest'] };
const outsider = { standing: ['b2bCollaborationMember'] };

const A = (said: Partial<Policy> = {}) => policy('A', said);
const B = (said: Partial<Policy> = {}) => policy('B', said);
const C = (said: Partial<Policy> = {}) => policy('C', said);
const block = { grants: ['block'] };
const nobody = { includeUsers: [] };
const legacy = { clientAppTypes: ['exchangeActiveSync', 'other'] };
const modern = { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] };
const compliant = { mode: 'include', rule: 'device.isCompliant -eq True' } as const;
const notCompliant = { mode: 'exclude', rule: 'device.isCompliant -eq True' } as const;
const labelled = { mode: 'include', rule: 'device.extensionAttribute1 -eq "SAW"' } as const;
const notLabelled = { ...labelled, mode: 'exclude' } as const;
const all = ['All'];
const notAt = (...places: string[]) => ({ includeLocations: all, excludeLocations: places });
const old = 'in a client of Exchange ActiveSync, or in another old client';
const new_ = 'in a browser, or in an app';
const unread: Tenant['policies'][number] = { id: 'U', name: 'U', untold: 'its conditions were not told' };

type Case = readonly [
  text: string,
  policies: Tenant['policies'],
  expected: string | RegExp,
  who?: Partial<Account>,
  said?: Partial<Tenant>,
];

/** `A+B` forced by them together; `blocked …` where nobody gets in; `open …` on that way; a pattern for what is not known. */
function told(outcome: Outcome): string {
  if (outcome.kind === 'open') return `open ${outcome.way}`;
  if (outcome.kind === 'unknown') return `unknown ${outcome.way}: ${outcome.why.join('; ')}`;
  return `${outcome.blocked ? 'blocked ' : ''}${outcome.by.map(({ name }) => name).join('+')}`;
}

function check(cases: readonly Case[], asked: Question = { proof: 'mfa' }) {
  for (const [text, policies, expected, who = {}, said = {}] of cases)
    test(text, () => {
      const outcome = told(new ConditionalAccess(tenant(policies, said)).judge(person(who), asked));
      if (typeof expected === 'string') expect(outcome).toBe(expected);
      else expect(outcome).toMatch(expected);
    });
}

describe('whom a policy reaches', () => {
  check([
    ['nobody asks anything', [], 'open at any sign-in'],
    ['everybody', [A()], 'A'],
    ['by name', [A({ includeUsers: [ada] })], 'A'],
    ['by name, in capitals', [A({ includeUsers: [ada.toUpperCase()] })], 'A'],
    ['somebody else by name', [A({ includeUsers: [bob] })], 'open at any sign-in'],
    ['nobody, in the word for it', [A({ includeUsers: ['None'] })], 'open at any sign-in'],
    ['everybody but this one', [A({ excludeUsers: [ada] })], 'open at any sign-in'],
    ['everybody but another', [A({ excludeUsers: [bob] })], 'A'],
    ['everybody but a deleted one', [A({ excludeUsers: [id(99)] })], 'A'],
    ['a group', [A({ ...nobody, includeGroups: [group] })], 'A', inGroup],
    ['a group of others', [A({ ...nobody, includeGroups: [other] })], 'open at any sign-in', inGroup],
    ['a deleted group', [A({ ...nobody, includeGroups: [id(98)] })], 'open at any sign-in'],
    ['everybody but a group', [A({ excludeGroups: [group] })], 'open at any sign-in', inGroup],
    ['everybody but a group of others', [A({ excludeGroups: [other] })], 'A', inGroup],
    ['everybody but a deleted group', [A({ excludeGroups: [id(98)] })], 'A'],
    [
      'left out beats taken in',
      [A({ includeUsers: [ada], excludeGroups: [group] })],
      'open at any sign-in',
      inGroup,
    ],
    [
      'a group that was not read is taken in',
      [A({ ...nobody, includeGroups: [other] })],
      /^unknown at any sign-in: A: it takes in the group .*: refused$/,
      { moreGroups: () => 'refused' },
    ],
    [
      'a group that was not read is left out',
      [A({ excludeGroups: [other] })],
      /^unknown at any sign-in: A: it leaves out the group .*: refused$/,
      { moreGroups: () => 'refused' },
    ],
    [
      'a group that was not read, beside a policy for everybody',
      [A({ excludeGroups: [other] }), B()],
      'B',
      { moreGroups: () => 'refused' },
    ],
    ['a role', [A({ ...nobody, includeRoles: [role] })], 'A', holder],
    ['another role', [A({ ...nobody, includeRoles: [id(22)] })], 'open at any sign-in', holder],
    ['everybody but a role', [A({ excludeRoles: [role] })], 'open at any sign-in', holder],
    [
      'a role that is held over a part',
      [A({ ...nobody, includeRoles: [role] })],
      'open at any sign-in',
      { partialRoles: new Set([role]) },
    ],
    [
      'everybody but a role that is held over a part',
      [A({ excludeRoles: [role] })],
      /^unknown .*over a part/,
      { partialRoles: new Set([role]) },
    ],
    [
      'a role by way of a group',
      [A({ ...nobody, includeRoles: [role] })],
      /^unknown .*a role that a group holds/,
      { rolesByGroup: new Set([role]) },
    ],
    [
      'a role, where roles were not read',
      [A({ ...nobody, includeRoles: [role] })],
      /^unknown .*roles were refused/,
      { moreRoles: 'roles were refused' },
    ],
    [
      'everybody but a role, where roles were not read',
      [A({ excludeRoles: [role] })],
      /^unknown .*roles were refused/,
      { moreRoles: 'roles were refused' },
    ],
    [
      'a word that nobody knows is left out',
      [A({ excludeUsers: ['Somebody'] })],
      /^unknown .*leaves out Somebody/,
    ],
    [
      'a word that nobody knows is taken in',
      [A({ includeUsers: ['Somebody'] })],
      /^unknown .*takes in Somebody/,
    ],
    ['programs', [A({ includePrograms: [app], includeUsers: ['None'] })], 'open at any sign-in'],
    ['programs, and everybody is written too', [A({ includePrograms: [app] })], 'open at any sign-in'],
    ['risk of programs', [A({ programRiskLevels: ['high'] })], 'open at any sign-in'],
    ['one of two policies', [A({ excludeUsers: [ada] }), B()], 'B'],
  ]);
});

describe('guests', () => {
  const some = { types: ['b2bCollaborationGuest', 'b2bCollaborationMember'], tenants: 'all' } as const;
  const every = { types: [...some.types, 'internalGuest'], tenants: 'all' } as const;
  check([
    ['are among everybody', [A()], 'A', guest],
    ['are taken in by the word of old', [A({ includeUsers: ['GuestsOrExternalUsers'] })], 'A', anyGuest],
    [
      'are left out by the word of old',
      [A({ excludeUsers: ['GuestsOrExternalUsers'] })],
      'open at any sign-in',
      guest,
    ],
    [
      'who are members here may be left out by the word of old',
      [A({ excludeUsers: ['GuestsOrExternalUsers'] })],
      /^unknown .*whether one who is a member here is meant/,
      outsider,
    ],
    [
      'who are members here may be taken in by the word of old',
      [A({ includeUsers: ['GuestsOrExternalUsers'] })],
      /^unknown .*whether one who is a member here is meant/,
      outsider,
    ],
    ['members are no guests', [A({ excludeUsers: ['GuestsOrExternalUsers'] })], 'A'],
    ['are taken in by kind', [A({ ...nobody, includeGuests: some })], 'A', guest],
    ['are left out by kind', [A({ excludeGuests: some })], 'open at any sign-in', guest],
    ['of which kind is not told', [A({ excludeGuests: some })], /^unknown .*kinds of guests/, anyGuest],
    ['of any kind', [A({ excludeGuests: every })], 'open at any sign-in', anyGuest],
    ['of another kind', [A({ excludeGuests: { types: ['serviceProvider'], tenants: 'all' } })], 'A', guest],
    ['who are members here', [A({ ...nobody, includeGuests: some })], 'A', outsider],
    ['members that the kinds do not name', [A({ ...nobody, includeGuests: some })], 'open at any sign-in'],
    [
      'of some organisations',
      [A({ ...nobody, includeGuests: { ...some, tenants: [id(70)] } })],
      /^unknown .*where this one is at home/,
      guest,
    ],
    [
      'of some organisations are left out',
      [A({ excludeGuests: { ...some, tenants: [id(70)] } })],
      /^unknown .*where this one is at home/,
      guest,
    ],
    [
      'who may be members',
      [A({ excludeGuests: every })],
      /^unknown .*kinds of guests/,
      { standing: ['member', 'internalGuest'] },
    ],
  ]);
});

describe('what is asked', () => {
  check([
    ['blocking closes every way, and nobody gets in', [A(block)], 'blocked A'],
    ['a second factor beside a block of everything', [A(block), B()], 'blocked A'],
    ['nothing', [A({ grants: [], operator: 'none' })], 'open at any sign-in'],
    [
      'a compliant device',
      [A({ grants: ['compliantDevice'] })],
      `open ${new_}, or in a client of Exchange ActiveSync, on a compliant device`,
    ],
    [
      'a joined device',
      [A({ grants: ['domainJoinedDevice'] })],
      `open ${new_}, or in a client of Exchange ActiveSync, on a joined device`,
    ],
    [
      'a second factor or a compliant device',
      [A({ grants: ['mfa', 'compliantDevice'] })],
      `open ${new_}, or in a client of Exchange ActiveSync, on a compliant device`,
    ],
    [
      'a second factor and a compliant device',
      [A({ grants: ['mfa', 'compliantDevice'], operator: 'and' })],
      'A',
    ],
    [
      'a second factor or an approved app',
      [A({ grants: ['mfa', 'approvedApplication'] })],
      'open at any sign-in',
    ],
    ['a new password', [A({ grants: ['passwordChange'] })], 'open at any sign-in'],
    ['a new password and a second factor', [A({ grants: ['passwordChange', 'mfa'], operator: 'and' })], 'A'],
    ['terms of use', [A({ grants: [], termsOfUse: ['t'] })], 'open at any sign-in'],
    ['terms of use and a second factor', [A({ termsOfUse: ['t'], operator: 'and' })], 'A'],
    ['terms of use or a second factor', [A({ termsOfUse: ['t'] })], 'open at any sign-in'],
    [
      "another party's factor",
      [A({ grants: [], customFactors: ['duo'] })],
      /^unknown .*another party's factor/,
    ],
    ["another party's factor or ours", [A({ customFactors: ['duo'] })], /^unknown .*another party's factor/],
    ["another party's factor and ours", [A({ customFactors: ['duo'], operator: 'and' })], 'A'],
    ['something new', [A({ grants: ['riddle'] })], /^unknown .*riddle/],
    ['something new or a second factor', [A({ grants: ['riddle', 'mfa'] })], /^unknown .*riddle/],
    ['something new and a second factor', [A({ grants: ['riddle', 'mfa'], operator: 'and' })], 'A'],
    ['a strength', [A({ grants: [], strength: anyMfa })], 'A'],
    [
      'a strength that one factor meets',
      [A({ grants: [], strength: passwordAnd })],
      `open ${new_}, where a weaker authentication strength is met`,
    ],
    [
      'a strength that was not read',
      [A({ grants: [], strength: id(899) })],
      /^unknown .*strength that it names was not read/,
    ],
    [
      'a strength or a compliant device',
      [A({ grants: ['compliantDevice'], strength: anyMfa })],
      /^open .*compliant device$/,
    ],
    [
      'a device by one policy, a second factor on it by another',
      [A({ grants: ['compliantDevice'] }), B({ deviceFilter: compliant })],
      'A+B',
    ],
    [
      'a device or a factor, and a factor on such devices',
      [A({ grants: ['mfa', 'compliantDevice'] }), B({ deviceFilter: compliant })],
      'A+B',
    ],
    ['a condition that nobody knows', [A({ conditions: ['moon'] })], /^unknown .*sets moon/],
    [
      'a block under a condition that nobody knows',
      [A({ ...block, conditions: ['moon'] })],
      /^unknown .*sets moon/,
    ],
    ['a condition that nobody knows, beside a policy without', [A({ conditions: ['moon'] }), B()], 'B'],
    ['of a policy that was not told', [unread], /^unknown .*conditions were not told/],
    ['of a policy that was not told, beside another', [unread, A()], 'A'],
  ]);
});

describe('a factor that cannot be phished', () => {
  check(
    [
      ['any factor is not enough', [A()], `open ${new_}, where any second factor is shown`],
      ['a strong strength', [A({ grants: [], strength: strong })], 'A'],
      [
        'a strength that takes others too',
        [A({ grants: [], strength: anyMfa })],
        `open ${new_}, where a weaker authentication strength is met`,
      ],
      ['a strong one or any', [A({ strength: strong })], `open ${new_}, where any second factor is shown`],
      ['a strong one and any', [A({ strength: strong, operator: 'and' })], 'A'],
      ['any by one policy, a strong one by another', [A(), B({ grants: [], strength: strong })], 'B'],
      [
        'a strong one for administrators alone',
        [A(), B({ ...nobody, includeRoles: [role], grants: [], strength: strong })],
        'B',
        holder,
      ],
      [
        'a strong one outside, any inside',
        [A(), B({ grants: [], strength: strong, includeLocations: all, excludeLocations: ['AllTrusted'] })],
        /^open from a trusted place, .*any second factor is shown$/,
      ],
      ['any factor keeps old clients out', [A(), B({ grants: [], strength: strong, ...modern })], 'A+B'],
      ['blocking', [A(block)], 'blocked A'],
      ['a strength that was not read', [A({ grants: [], strength: id(899) })], /^unknown/],
    ],
    { proof: 'phishing-resistant' },
  );
});

describe('clients', () => {
  check([
    ['those of today alone', [A(modern)], `open ${old}`],
    ['those of today, and old ones are blocked', [A(modern), B({ ...legacy, ...block })], 'A+B'],
    ['old ones cannot show a factor', [A(modern), B(legacy)], 'A+B'],
    [
      'old ones cannot tell of their device',
      [A(modern), B({ clientAppTypes: ['other'], grants: ['compliantDevice'] })],
      'open in a client of Exchange ActiveSync',
    ],
    ['old ones are blocked, and no more', [A({ ...legacy, ...block })], `open ${new_}`],
    [
      'a browser by one, apps by another',
      [
        A({ clientAppTypes: ['browser'] }),
        B({ clientAppTypes: ['mobileAppsAndDesktopClients'] }),
        C({ ...legacy, ...block }),
      ],
      'A+B+C',
    ],
    [
      'apps are left open',
      [A({ clientAppTypes: ['browser'] }), C({ ...legacy, ...block })],
      'open in an app',
    ],
    ['each by name', [A({ clientAppTypes: [...modern.clientAppTypes, ...legacy.clientAppTypes] })], 'A'],
    ['none is named', [A({ clientAppTypes: [] })], 'open at any sign-in'],
    ['a kind that nobody knows', [A({ clientAppTypes: ['glasses'] })], /^unknown .*the client glasses/],
    [
      'those of today and a kind that nobody knows',
      [A({ clientAppTypes: [...modern.clientAppTypes, 'glasses'] })],
      /^unknown .*old client.*glasses/,
    ],
    [
      'terms of use do not keep old ones out',
      [A(modern), B({ ...legacy, grants: [], termsOfUse: ['t'] })],
      `open ${old}`,
    ],
  ]);
});

describe('applications', () => {
  check([
    ['one is left out', [A({ excludeApplications: [app] })], `open in ${app}`],
    [
      'one is left out, and asked for by another policy',
      [A({ excludeApplications: [app] }), B({ includeApplications: [app] })],
      'A+B',
    ],
    ['one alone', [A({ includeApplications: [app] })], `open in an application other than ${app}`],
    [
      'one is left out by one policy, another by another',
      [A({ excludeApplications: [app] }), B({ excludeApplications: [exchange] })],
      'A+B',
    ],
    [
      'the same is left out by both',
      [A({ excludeApplications: [app] }), B({ excludeApplications: [app, exchange] })],
      `open in ${app}`,
    ],
    ['none', [A({ includeApplications: ['None'] })], 'open at any sign-in'],
    [
      'Office alone',
      [A({ includeApplications: ['Office365'] })],
      'open in an application other than Office 365',
    ],
    ['all but Office', [A({ excludeApplications: ['Office365'] })], 'open in Office 365'],
    [
      'all but Office, and Office',
      [A({ excludeApplications: ['Office365'] }), B({ includeApplications: ['Office365'] })],
      'A+B',
    ],
    [
      'Office, and whether one is of it is not read',
      [A({ excludeApplications: [app] }), B({ includeApplications: ['Office365'] })],
      /^unknown in .*among the applications/,
    ],
    [
      'all but Office, and one by its id',
      [A({ excludeApplications: ['Office365'] }), B({ includeApplications: [exchange] })],
      'open in Office 365',
    ],
    [
      'portals of administrators alone',
      [A({ includeApplications: ['MicrosoftAdminPortals'] })],
      "open in an application other than Microsoft's portals for administrators",
    ],
    [
      'a filter takes some in',
      [A({ includeApplications: [], applicationFilter: { mode: 'include', rule: 'r' } })],
      /^unknown .*filters applications/,
    ],
    [
      'a filter leaves some out',
      [A({ applicationFilter: { mode: 'exclude', rule: 'r' } })],
      /^unknown .*filters applications/,
    ],
    [
      'setting up a factor is no sign-in',
      [A({ includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] })],
      'open at any sign-in',
    ],
    [
      'joining a device is no sign-in',
      [A({ includeApplications: [], includeUserActions: ['urn:user:registerdevice'] })],
      'open at any sign-in',
    ],
    [
      'a mark is not on every application',
      [A({ includeApplications: [], includeContexts: ['c1'] })],
      'open at any sign-in',
    ],
    [
      'an action beside applications',
      [A({ includeUserActions: ['urn:user:registersecurityinfo'] })],
      /^unknown .*something else beside/,
    ],
  ]);
});

describe('places', () => {
  const at = (...places: string[]) => ({ includeLocations: places });
  check([
    ['everywhere', [A(at('All'))], 'A'],
    ['all but trusted ones', [A(notAt('AllTrusted'))], 'open from a trusted place'],
    ['all but trusted ones, and those', [A(notAt('AllTrusted')), B(at('AllTrusted'))], 'A+B'],
    [
      'all but trusted ones, and one of those',
      [A(notAt('AllTrusted')), B(at(office))],
      /^unknown from a trusted place, from outside Office: no other/,
    ],
    ['all but the office', [A(notAt(office))], 'open from Office'],
    ['all but the office, and trusted ones', [A(notAt(office)), B(at('AllTrusted'))], 'A+B'],
    ['all but a branch, and trusted ones', [A(notAt(branch)), B(at('AllTrusted'))], /^unknown from Branch/],
    ['all but a branch, and that', [A(notAt(branch)), B(at(branch))], 'A+B'],
    ['all but a deleted place', [A(notAt(id(999)))], 'A'],
    ['a deleted place', [A(at(id(999)))], 'open at any sign-in'],
    ['a place that was not read', [A(notAt(id(999)))], /^unknown .*not read/, {}, { morePlaces: 'refused' }],
    [
      'outside a place that was not read',
      [A(at(id(999)))],
      /^unknown .*not read/,
      {},
      { morePlaces: 'refused' },
    ],
    ['the office', [A(at(office))], 'open from outside Office'],
    [
      'one place is left out by one policy, one by another',
      [A(notAt(office)), B(notAt(branch))],
      /^unknown from Branch and Office.*lies in another/,
    ],
    ['countries are blocked', [A({ ...notAt(home), ...block })], 'open from Home countries'],
    [
      'countries are blocked, and at home a factor is asked',
      [A({ ...notAt(home), ...block }), B(at(home))],
      'A+B',
    ],
    [
      'two lists of countries that may be all there are',
      [A(at(home)), B(at(abroad))],
      /^unknown from outside Abroad and Home/,
    ],
    [
      'trusted ones are left out, and none is',
      [A(notAt('AllTrusted'))],
      /^unknown .*no other named place is trusted/,
      {},
      { places: new Map() },
    ],
    [
      'addresses that older settings trust',
      [A(notAt('00000000-0000-0000-0000-000000000000'))],
      /^unknown from the addresses that older settings trust/,
    ],
    ['everything is left out', [A(notAt('All'))], 'open at any sign-in'],
  ]);
});

describe('platforms, devices, risks and flows', () => {
  const known = ['android', 'iOS', 'windows', 'windowsPhone', 'macOS', 'linux'];
  check([
    ['all platforms', [A({ includePlatforms: ['all'] })], 'A'],
    [
      'each by name leaves those that say nothing',
      [A({ includePlatforms: known })],
      'open on a platform that no policy names',
    ],
    [
      'all but each by name',
      [A({ includePlatforms: known }), B({ includePlatforms: ['all'], excludePlatforms: known })],
      'A+B',
    ],
    ['all but one', [A({ includePlatforms: ['all'], excludePlatforms: ['linux'] })], 'open on linux'],
    [
      'all but one, which is blocked',
      [
        A({ includePlatforms: ['all'], excludePlatforms: ['linux'] }),
        B({ ...block, includePlatforms: ['linux'] }),
      ],
      'A+B',
    ],
    [
      'one is left out by a word that nobody knows',
      [A({ includePlatforms: ['all'], excludePlatforms: ['toaster'] })],
      /^unknown .*toaster/,
    ],
    [
      'labelled devices alone',
      [A({ deviceFilter: labelled })],
      'open on a device that does not meet device.extensionAttribute1 -eq "SAW"',
    ],
    [
      'all but labelled devices',
      [A({ deviceFilter: notLabelled })],
      'open on a device that meets device.extensionAttribute1 -eq "SAW"',
    ],
    ['labelled and other devices', [A({ deviceFilter: labelled }), B({ deviceFilter: notLabelled })], 'A+B'],
    ['all but compliant devices', [A({ deviceFilter: notCompliant })], 'open on a compliant device'],
    [
      'compliant ones, and registered ones that are not: nobody asks those that nobody registered',
      [
        A({ deviceFilter: compliant }),
        B({ deviceFilter: { mode: 'include', rule: 'device.isCompliant -eq False' } }),
      ],
      /^open on a device that does not meet device.isCompliant -eq False, on a device that is not compliant/,
    ],
    [
      'labelled devices by one, compliant ones by another',
      [A({ deviceFilter: notLabelled }), B({ deviceFilter: compliant })],
      /^open on a device that is not compliant, on a device that meets/,
    ],
    [
      'only at risk',
      [A({ signInRiskLevels: ['medium', 'high'] })],
      'open without sign-in risk or at low sign-in risk or at hidden sign-in risk',
    ],
    ['only people at risk', [A({ userRiskLevels: ['high'] })], /^open without user risk/],
    [
      'only at insider risk',
      [A({ insiderRiskLevels: ['elevated'] })],
      'open without insider risk or at minor insider risk or at moderate insider risk',
    ],
    [
      'only by code',
      [A({ transferMethods: ['deviceCodeFlow'] })],
      'open on the device itself or by a transfer from another device',
    ],
    ['codes are blocked beside', [A(), B({ ...block, transferMethods: ['deviceCodeFlow'] })], 'A'],
    ['a level that nobody knows', [A({ signInRiskLevels: ['dire'] })], /^unknown .*dire/],
    [
      'several things at once',
      [
        A({ ...notAt(office), excludeApplications: [app] }),
        B({ includeLocations: [office], clientAppTypes: ['browser'] }),
      ],
      `open from Office, in an app, or ${old}`,
    ],
  ]);
});

describe('whether some sign-ins are refused', () => {
  const refused = (said: Parameters<typeof way>[0]): Question => ({ proof: 'refusal', within: way(said) });
  const only = (dimension: 'userRisk' | 'flow', ...values: readonly string[]) =>
    refused({ of: new Map([[dimension, new Set(values)]]) });
  check(
    [
      ['those at risk are blocked', [A({ ...block, userRiskLevels: ['high'] })], 'A'],
      ['everybody is', [A(block)], 'A'],
      [
        'those at lower risk are',
        [A({ ...block, userRiskLevels: ['low', 'medium'] })],
        'open at high user risk',
      ],
      [
        'a second factor lets them in',
        [A({ userRiskLevels: ['high'] })],
        `open ${new_}, at high user risk, where any second factor is shown`,
      ],
      [
        'so does a strength',
        [A({ grants: [], strength: strong, userRiskLevels: ['high'] })],
        `open ${new_}, at high user risk, where an authentication strength is met`,
      ],
      [
        "so does another party's factor",
        [A({ grants: [], customFactors: ['duo'], userRiskLevels: ['high'] })],
        'open at high user risk',
      ],
      [
        'in one application they are not',
        [A({ ...block, userRiskLevels: ['high'], excludeApplications: [app] })],
        `open in ${app}, at high user risk`,
      ],
      [
        'which they are is not known',
        [A({ ...block, userRiskLevels: ['high'], conditions: ['moon'] })],
        /^unknown at high user risk: A: it sets moon/,
      ],
      ['a level that nobody knows', [A({ ...block, userRiskLevels: ['dire'] })], /^unknown .*dire/],
      ['somebody else is blocked', [A({ ...block, includeUsers: [bob] })], 'open at high user risk'],
    ],
    only('userRisk', 'high'),
  );
  check(
    [
      ['codes are blocked', [A({ ...block, transferMethods: ['deviceCodeFlow'] })], 'A'],
      [
        'transfers alone are',
        [A({ ...block, transferMethods: ['authenticationTransfer'] })],
        'open by a code that is typed elsewhere',
      ],
      [
        'codes are blocked outside',
        [A({ ...block, ...notAt(office), transferMethods: ['deviceCodeFlow'] })],
        'open from Office, by a code that is typed elsewhere',
      ],
    ],
    only('flow', 'devicecodeflow'),
  );
  check(
    [
      [
        'a compliant or joined device is asked for',
        [A({ grants: ['compliantDevice', 'domainJoinedDevice'] })],
        'A',
      ],
      ['every other device is blocked', [A({ ...block, deviceFilter: notCompliant })], 'A'],
      [
        'a compliant device or a second factor',
        [A({ grants: ['compliantDevice', 'mfa'] })],
        /^open .*where any second factor is shown$/,
      ],
      [
        'a compliant device in one application',
        [A({ grants: ['compliantDevice'], includeApplications: [app] })],
        /^open in an application other than/,
      ],
      [
        'a compliant device, of those that are compliant',
        [A({ grants: ['compliantDevice'], deviceFilter: compliant })],
        /^open/,
      ],
    ],
    refused({
      facts: new Map([
        ['compliantDevice', false],
        ['domainJoinedDevice', false],
      ]),
    }),
  );
});

describe('whether an action of the user is refused', () => {
  const registering = 'urn:user:registersecurityinfo';
  const atAction = { includeApplications: [], includeUserActions: [registering] };
  check(
    [
      ['it asks for a second factor', [A(atAction)], 'A'],
      ['it blocks, which is not said of every sign-in', [A({ ...atAction, ...block })], 'A'],
      ['for every application, which it is not', [A()], 'open at any sign-in'],
      [
        'for another action',
        [A({ ...atAction, includeUserActions: ['urn:user:registerdevice'] })],
        'open at any sign-in',
      ],
      ['elsewhere', [A({ ...atAction, ...notAt(office) })], 'open from Office'],
      ['beside applications', [A({ includeUserActions: [registering] })], /^unknown .*something else beside/],
    ],
    { proof: 'mfa', action: registering },
  );
});
