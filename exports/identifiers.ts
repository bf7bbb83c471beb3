import { outsideCollaboratorsReviewed } from '../controls/rules/outside-collaborators-reviewed.ts';
import type { Subject } from '../evidence-model/subject.ts';
import type { Judgement } from './judge.ts';

/** Whatever has one of these forms identifies something, whether or not the vault knows it. */
const forms: readonly RegExp[] = [
  /[\w.+-]+@(?!exhibit-)[\w-]+\.[\w.-]+/g, // addresses; the signer's principal is Exhibit's own
  /\barn:aws[\w-]*:[^\s",<]+/g,
  /(?<![0-9a-f-])\d{4}-?\d{4}-?\d{4}(?![0-9a-f-])/g, // AWS account ids, as people write them too
  /\b(?:\d{1,3}\.){3}\d{1,3}\b/g,
];

/**
 * What of a text identifies a person, account, repository, source or host that the vault knows. Words of the language
 * are no identifiers: a repository called «backup» is found as `owner/backup`, not wherever somebody writes backup.
 */
export function identifiersIn(text: string, judgement: Judgement): string[] {
  const formal = forms.flatMap((form) => [...text.matchAll(form)].map(([found]) => found));
  const known = identifiersOf(judgement);
  const tokens = text.match(/[\p{L}\p{N}][\p{L}\p{N}._/:-]*[\p{L}\p{N}]/gu) ?? [];
  const whole = tokens.filter((token) => withinOf(token).some((part) => known.tokens.has(part)));
  const phrases = [...known.phrases].filter((phrase) => text.includes(phrase));
  return [...formal, ...whole, ...phrases];
}

/** A word of a text and what stands in it between slashes, colons and dots: an address of a repository holds its name. */
function withinOf(token: string): string[] {
  const lower = token.toLowerCase();
  const cuts = [...lower.matchAll(/[/:.]/g)].map(({ index }) => index).slice(0, mostCuts);
  const starts = [0, ...cuts.map((at) => at + 1)];
  const ends = [...cuts, lower.length];
  return starts.flatMap((from) => ends.filter((to) => to > from).map((to) => lower.slice(from, to)));
}

/** No name has more parts. */
const mostCuts = 12;

function identifiersOf({ plan, results, subjects }: Judgement): {
  tokens: ReadonlySet<string>;
  phrases: ReadonlySet<string>;
} {
  const tokens = new Set<string>();
  const phrases = new Set<string>();
  // A source that is called like its collector says nothing that the name of the vendor does not.
  const collectors = plan.sources.map(({ collector }) => collector);
  // Nor do domains that the company declared its own; what else a tenant knows may be somebody else's.
  const declared = plan.sources.flatMap(({ scope }) => scope['domains'] ?? []);
  const allowed = new Set([plan.organization.slug, plan.organization.name, ...collectors, ...declared]);
  const take = (value: unknown) => {
    if (typeof value !== 'string' || allowed.has(value)) return;
    if (/\s/.test(value)) phrases.add(value);
    else if (isIdentifier(value)) tokens.add(value.toLowerCase());
  };
  for (const source of plan.sources) {
    take(source.id);
    for (const value of Object.values(source.scope))
      if (typeof value === 'string' && /[.:]/.test(value)) take(hostOf(value));
  }
  for (const { owner, approver } of plan.exceptions) [owner, approver].forEach(take);
  for (const { declaredBy } of plan.systems) take(declaredBy);
  for (const { answeredBy } of plan.answers) take(answeredBy);
  const { people, services, federations, leavers } = plan.register;
  for (const { id, name, linkedBy } of people) [id, name, linkedBy].forEach(take);
  for (const { id, owner, declaredBy } of services) [id, owner, declaredBy].forEach(take);
  for (const { provider, statedBy } of federations) [provider, statedBy].forEach(take);
  for (const { accounts } of [...people, ...services]) for (const { account } of accounts) take(account);
  const { attestations, approvals, entities, subservices, companyControls, risks, reviews, frameworks } =
    plan.declared;
  for (const { signedOffBy, rows } of reviews) {
    take(signedOffBy);
    // Whom a review went through may be gone by now.
    for (const { subject, name, reviewer } of rows) [subject, name, reviewer].forEach(take);
  }
  // Who answers for a control in the matrix is mostly told as a role, in words of the language.
  if (companyControls) take(companyControls.exportedBy);
  for (const { owner, decision, opinion } of risks)
    [owner, 'decidedBy' in decision && decision.decidedBy, opinion?.by].forEach(take);
  for (const { by, stated } of attestations) [by, 'acceptedBy' in stated && stated.acceptedBy].forEach(take);
  for (const clauses of Object.values(plan.policy.clauses ?? {}))
    for (const { approver } of Object.values(clauses)) take(approver);
  for (const [account, { sponsor }] of sponsorsIn(plan.policy)) [account, sponsor].forEach(take);
  for (const { declaredBy } of entities) take(declaredBy);
  for (const said of Object.values(frameworks)) take(said?.declaredBy);
  for (const { report } of subservices) take(report?.reviewer);
  if (approvals)
    [
      approvals.exportedBy,
      ...approvals.approvals.flatMap(({ approvedBy, subject }) => [approvedBy, subject]),
    ].forEach(take);
  if (leavers) [leavers.exportedBy, ...leavers.people.map(({ account }) => account)].forEach(take);
  // The vendor's own roles and programs are called the same everywhere.
  const builtIn = new Set(
    ['role', 'application'].flatMap((kind) =>
      subjects.of(kind).flatMap((each) => (isBuiltIn(each) ? [`${each.source} ${each.id}`] : [])),
    ),
  );
  for (const { verdicts } of results)
    for (const { subject, name, source } of verdicts) {
      if (source === 'exhibit' || builtIn.has(`${source} ${subject}`)) continue;
      take(subject);
      take(name);
    }
  for (const kind of ['account', 'repository', 'cloud-account', 'role', 'group'])
    for (const each of subjects.of(kind)) {
      const { id, fields } = each;
      if (isBuiltIn(each)) continue;
      take(id);
      const name = fields.get('name')?.value;
      // A role or group that is called by a word of the language, such as Administrator, is not known by that.
      const plain = (kind === 'role' || kind === 'group') && /^[A-Za-z]+$/.test(String(name));
      if (!plain) take(name);
    }
  return { tokens, phrases };
}

/** Who answers for whom, as the policy names them. */
function sponsorsIn({ controls }: Judgement['plan']['policy']) {
  const { id, parameters } = outsideCollaboratorsReviewed;
  const given = parameters.safeParse(controls[id] ?? {}).data as
    { readonly sponsored: Readonly<Record<string, { readonly sponsor: string }>> } | undefined;
  return Object.entries(given?.sponsored ?? {});
}

const isBuiltIn = ({ fields }: Subject) => fields.get('builtIn')?.value === true;

/** A plain word of lower-case letters is taken for language unless it is long; what has digits, marks or capitals is not. */
function isIdentifier(value: string): boolean {
  return value.length >= 4 && (!/^[A-Za-z]+$/.test(value) || value.length > 12);
}

function hostOf(value: string): string {
  return URL.canParse(value) ? new URL(value).host : value;
}
