import { Account, AccountHolder, ReviewCampaign, Revocation } from '../../evidence-model/kinds.ts';
import { isUnknown, type Unknown } from '../../evidence-model/unknown.ts';
import type { Evidence } from '../evaluate.ts';
import { shortfalls } from '../readings.ts';
import type { Called } from './called.ts';
import { inPlan, type Derivation, type Said, type Stated } from './derivation.ts';
import { populationDigest, type Review, type ReviewPopulation, type ReviewRow } from './review.ts';

/** Each campaign, at the source that it went through. */
export const reviewCampaigns: Derivation = {
  kind: ReviewCampaign,
  from: [AccountHolder.name],
  listedBy: inPlan,
  things: ({ populations = [] }, { plan, called }) =>
    plan.declared.reviews.map((review, n) => {
      const { id, source, startedOn, signedOffOn, rows } = review;
      const population = populations.find(
        (each) => each.source === source && each.slot === review.population.slot,
      );
      const days = rows.map(({ decidedOn }) => decidedOn).filter((day) => day !== '');
      return {
        source,
        id,
        fields: {
          name: id,
          startedOn,
          readOn: population?.readOn ?? {
            unknown: population?.open ?? `of slot ${review.population.slot} nothing is known`,
          },
          signedOffOn: signedOffOn ?? 'none',
          rows: rows.length,
          undecided: rows.filter((row) => !isDecided(row)).length,
          byThemselves: byThemselves(review, called()),
          lastDecidedOn: days.sort().at(-1) ?? 'none',
          difference: differenceOf(review, population),
        },
        of: population?.of.slice(0, 1) ?? [],
        said: [`/declared/reviews/${n}`],
      };
    }),
};

const isDecided = ({ reviewer, decision, decidedOn }: ReviewRow) =>
  reviewer !== '' && decision !== '' && decidedOn !== '';

function byThemselves({ source, rows }: Review, called: Called): number | Unknown {
  let found = 0;
  for (const { reviewer, subject } of rows.filter(isDecided)) {
    if (called.namesBehind(source, subject).has(reviewer.toLowerCase())) found += 1;
    const holder = called.holder(reviewer);
    if (isUnknown(holder)) return holder;
  }
  return found;
}

/** The rows must be those of the reading, no more and no fewer, and as they were exported. */
function differenceOf({ population, rows }: Review, read: ReviewPopulation | undefined): string | Unknown {
  if (!read) return { unknown: `of slot ${population.slot} nothing is known` };
  if (read.open !== null) return { unknown: read.open };
  const is = populationDigest(read.rows);
  const [here, there] = [
    new Set(rows.map(({ subject }) => subject)),
    new Set(read.rows.map(({ subject }) => subject)),
  ];
  const missing = [...there].filter((subject) => !here.has(subject));
  const strange = [...here].filter((subject) => !there.has(subject));
  const told = [
    ...(missing.length > 0 ? [`${missing.length} who were there are missing, ${missing[0]} for one`] : []),
    ...(strange.length > 0 ? [`${strange.length} are in it who were not there, ${strange[0]} for one`] : []),
    ...(rows.length !== here.size ? ['a row is in it twice'] : []),
    ...(population.count !== read.rows.length
      ? [`it says that there were ${population.count}, and there were ${read.rows.length}`]
      : []),
    ...(population.digest !== is ? ['its digest is not that of the accounts that were read'] : []),
  ];
  if (told.length > 0) return told.join('; ');
  return populationDigest(rows) === is ? 'none' : 'accounts are called otherwise in it than they were';
}

/** Each decision that somebody is to lose access, beside what is there now. */
export const revocations: Derivation = {
  kind: Revocation,
  from: [Account.name],
  listedBy: inPlan,
  things: revocationsOf,
};

function revocationsOf({ subjects, readings, populations = [] }: Evidence, { plan }: Said): Stated[] {
  return plan.declared.reviews.flatMap(({ id: campaign, source, population, rows }, n) => {
    const read = populations.find((each) => each.source === source && each.slot === population.slot);
    const were = new Set(read?.rows.map(({ subject }) => subject));
    const accounts = new Map(
      subjects.of(Account.name).flatMap((each) => (each.source === source ? [[each.id, each] as const] : [])),
    );
    const listing = readings.filter(
      (reading) => reading.source === source && reading.kinds[Account.name]?.lists === true,
    );
    const tells = readings.some(
      (reading) => reading.source === source && reading.kinds[Account.name]?.speaks.includes('enabled'),
    );
    const untold = tells ? { unknown: 'whether it is switched off is not told' } : undefined;
    const undue = (read?.datasets ?? []).filter((id) => listing.every(({ dataset }) => dataset !== id));
    const unread = [
      ...(listing.length === 0 ? ['no dataset that was due lists accounts'] : shortfalls(listing)),
      ...undue.map((id) => `${id}, which listed accounts for the review, was not due`),
    ];
    return rows.flatMap((row, m) => {
      if (row.decision !== 'remove' || !isDecided(row)) return [];
      const account = accounts.get(row.subject);
      const enabled = account?.fields.get('enabled')?.value ?? untold;
      // Whoever was not there, such as one who is named by what they are called, cannot be seen to be gone.
      const lost = were.has(row.subject)
        ? unread
        : [
            `the reading of slot ${population.slot} is not known to have had an account with the id ${row.subject}`,
          ];
      const gone = lost.length === 0 ? 'gone' : { unknown: lost.join('; ') };
      const state =
        account === undefined
          ? gone
          : enabled === false
            ? 'switched-off'
            : isUnknown(enabled)
              ? enabled
              : 'there';
      return [
        {
          source,
          id: `${campaign} ${row.subject}`,
          fields: {
            name: row.name === '' ? row.subject : row.name,
            campaign,
            decidedOn: row.decidedOn,
            state,
          },
          of: account ? [account] : [],
          said: [`/declared/reviews/${n}/rows/${m}`],
        },
      ];
    });
  });
}
