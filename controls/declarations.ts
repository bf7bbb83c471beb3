import { z } from 'zod';
import { Clause } from './declared/company.ts';

const person = z.string().min(1);

/** An accepted failure. It counts from its first line in the ledger on, only between start and end, and only while its safeguard holds. */
export const Exception = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  control: z.string(),
  /** The source that the subjects are of; it must be named where several have a subject of that id. */
  source: z.string().optional(),
  /** Ids of the subjects, as the results print them. */
  subjects: z.array(z.string()).min(1),
  /** Class of the exception, for readers who must not see the subjects. */
  class: z.string().min(1),
  owner: person,
  approver: person,
  reason: z.string().min(1),
  /** What protects instead; `control` names the control that must pass for the exception to hold. */
  safeguard: z.strictObject({ text: z.string().min(1), control: z.string().optional() }),
  start: z.iso.date(),
  /** The last day on which it counts. */
  end: z.iso.date(),
  /** The day by which somebody looks at it again. */
  review: z.iso.date().optional(),
  /** When the weakness was found, where that was before it was accepted. */
  openedOn: z.iso.date().optional(),
});
export type Exception = z.output<typeof Exception>;

/** A system that no source reads, or one that a source does under another name: said by someone, on a day. */
export const DeclaredSystem = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  /** The kind of source that this declares absent, such as `aws`; otherwise any system in scope. */
  collector: z.string().optional(),
  state: z.enum(['absent', 'not-read', 'by-hand', 'connected']),
  /** Of one that is connected: the source that reads it. */
  source: z.string().optional(),
  /** What evidence calls it, as `scope-complete` names what it found; `*` stands for any text. */
  covers: z
    .array(z.string().regex(/(?:[^*?]){4}/, 'must hold four letters in a row that stand for themselves'))
    .optional(),
  declaredBy: person,
  declaredOn: z.iso.date(),
});
export type DeclaredSystem = z.output<typeof DeclaredSystem>;

const days = z.number().int().min(0).max(3650);

/** Thresholds by control, over the defaults that the controls declare. */
export const Policy = z.strictObject({
  /** Within how many days after it was first seen a failure is to be mended, over the defaults of the work list. */
  remedyDays: z
    .strictObject({
      critical: days.optional(),
      high: days.optional(),
      medium: days.optional(),
      low: days.optional(),
    })
    .optional(),
  controls: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  /** By control and parameter: where the company's own policy sets the value, and who approved that. */
  clauses: z.record(z.string(), z.record(z.string(), Clause)).optional(),
});
export type Policy = z.output<typeof Policy>;

/** An account by the id or the name that its source has for it. */
const AccountOf = z.strictObject({ source: z.string(), account: z.string().min(1) });
const holder = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);

/** Somebody who has several accounts, or one that no source ties to the directory: written down by whom, and when. */
export const Person = z.strictObject({
  id: holder,
  name: person,
  accounts: z.array(AccountOf).min(1),
  linkedBy: person,
  linkedOn: z.iso.date(),
});
export type Person = z.output<typeof Person>;

/** Accounts that no person signs in with, and who answers for them. */
export const ServiceAccount = z.strictObject({
  id: holder,
  purpose: z.string().min(1),
  /** The id of a person, as the people are written down, or `<source>/<account>` of one in the directory. */
  owner: person,
  accounts: z.array(AccountOf).min(1),
  declaredBy: person,
  declaredOn: z.iso.date(),
});
export type ServiceAccount = z.output<typeof ServiceAccount>;

/** Who left, as whoever keeps the records of employees said: which system, asked how, by whom, when. */
export const LeaverList = z.strictObject({
  exportedBy: person,
  exportedOn: z.iso.date(),
  system: z.string().min(1),
  filter: z.string().min(1),
  people: z.array(
    z.strictObject({
      /** The id of a person, or what the directory calls their account. */
      account: z.string().min(1),
      /** The last day on which they worked. */
      leftOn: z.iso.date(),
    }),
  ),
});
export type LeaverList = z.output<typeof LeaverList>;

/** What the company answered to a question of a questionnaire, on a form or for itself. It is held against the evidence of each reading. */
export const StoredAnswer = z.strictObject({
  /** The id of the question, such as `INS-MFA-01`. */
  question: z.string(),
  /** `yes` or `no`, an option, several, a number, or words, as the question asks for. */
  value: z.union([z.string().min(1), z.number(), z.array(z.string().min(1)).min(1)], {
    error: 'must be yes, no, an option, several of them, a number, or words',
  }),
  text: z.string().min(1).optional(),
  answeredBy: person,
  answeredOn: z.iso.date(),
  /** The form that it stands on, and whose that is. */
  form: z.string().min(1).optional(),
  carrier: z.string().min(1).optional(),
  /** Of an answer to customers: who may read it. `never` declines it. */
  share: z.enum(['public', 'nda', 'never']).optional(),
  /** Whose it is, in the sense of CAIQ: the provider's, its customer's, of both, or somebody else's. */
  responsible: z.enum(['csp', 'csc', 'shared', 'third-party']).optional(),
  /** In which role somebody answers for it: a role, because names stay at home. */
  role: z.string().min(1).optional(),
  reviewOn: z.iso.date().optional(),
});
export type StoredAnswer = z.output<typeof StoredAnswer>;
/** Where whoever comes into a cloud by way of a provider signs in, which no API tells: said by somebody, on a day. */
export const Federation = z.strictObject({
  /** The source that has the provider, and its id as results print it. */
  source: z.string(),
  provider: z.string().min(1),
  /** A Microsoft 365 source; or `itself`, where it keeps its people itself and asks everybody for a second factor. */
  leadsTo: z.string().min(1),
  statedBy: person,
  statedOn: z.iso.date(),
});
export type Federation = z.output<typeof Federation>;

/** What the company itself says of people, beside what the sources do. */
export const Register = z.strictObject({
  people: z.array(Person).default([]),
  services: z.array(ServiceAccount).default([]),
  federations: z.array(Federation).default([]),
  /** `null` where nobody handed one over: then nobody is known to have left. */
  leavers: LeaverList.nullable().default(null),
});
export type Register = z.output<typeof Register>;
