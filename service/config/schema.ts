import { z } from 'zod';
import type { Collector } from '../../collectors/collector.ts';
import { consents, optIns } from '../../collectors/dataset.ts';
import {
  DeclaredSystem,
  Exception,
  Federation,
  Person,
  Policy,
  ServiceAccount,
  StoredAnswer,
} from '../../controls/declarations.ts';
import { FrameworkDeclarations } from '../../controls/declared/framework-declarations.ts';
import { companySettings } from './company.ts';
import { declaredSettings } from './declared.ts';
import { DepositEntry, depositSchema } from './deposits.ts';
import { LeaverFile } from './leavers.ts';
import { TimeStamps } from './time-stamps.ts';

const path = z.string().min(1);
/** Also names of folders of the vault, so they are short and plain. */
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 lower-case letters, digits and hyphens');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** One source. Its further settings are those of its collector. */
export const SourceEntry = z.looseObject({
  id,
  collector: z.string(),
  /** What people call it. */
  title: z.string().min(1).optional(),
  /** How much its owner agreed to have read. */
  consent: z.enum(consents).default('standard'),
  /** What was agreed to besides, one by one. */
  also: z.array(z.enum(optIns)).default([]),
});

/** `exhibit.yaml`. Paths are relative to the file; unknown settings are errors. */
export const ConfigFile = z.strictObject({
  organization: z.strictObject({
    name: z.string().min(1),
    slug: id,
    paper: z.enum(['a4', 'letter']).default('a4'),
  }),
  vault: path.default('./vault'),
  keys: path.default('./keys'),
  trust: path.default('./trust'),
  packets: path.default('./packets'),
  state: path.default('./state'),
  schedule: z
    .strictObject({
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'must be a time of day such as 02:30')
        .default('02:30'),
      timeZone: z
        .string()
        .refine(isTimeZone, 'must be a time zone such as UTC or Europe/Warsaw')
        .default('UTC'),
      graceMinutes: z.number().int().min(1).max(1440).default(360),
      unannounced: z.boolean().default(true),
    })
    .prefault({}),
  sources: z.array(SourceEntry).default([]),
  /** A YAML file, or the list itself. */
  exceptions: z.union([path, z.array(Exception)]).default([]),
  systems: z.union([path, z.array(DeclaredSystem)]).default([]),
  policy: z.union([path, Policy]).prefault({}),
  /** Whose accounts are, where the sources do not tell it. */
  people: z.union([path, z.array(Person)]).default([]),
  services: z.union([path, z.array(ServiceAccount)]).default([]),
  /** Where providers of a cloud lead, which no API tells. */
  federations: z.union([path, z.array(Federation)]).default([]),
  /** A CSV of who left, with where it comes from. */
  leavers: LeaverFile.optional(),
  /** What the company answered to questions, which is held against the evidence of each reading. */
  answers: z.union([path, z.array(StoredAnswer)]).default([]),
  /** What the company says of frameworks: targets, systems with health information, agreements, what applies. */
  frameworks: z.union([path, FrameworkDeclarations]).prefault({}),
  ...declaredSettings,
  ...companySettings,
  /** Who has to agree to a draft before an officer releases it, in this order. */
  release: z.strictObject({ steps: z.array(z.enum(['counsel', 'broker'])).default([]) }).prefault({}),
  timeStamps: TimeStamps,
  /** Somebody else who keeps the checkpoint of each closed slot. */
  deposits: z.array(DepositEntry).default([]),
  /** Files of certificate authorities trusted beside the usual ones, such as that of a proxy. */
  authorities: z.array(path).default([]),
});

export type ConfigFile = z.output<typeof ConfigFile>;

/** The JSON Schema of the configuration, for editors. */
export function editorSchema(collectors: readonly Collector[]): unknown {
  const schema = z.toJSONSchema(ConfigFile, { io: 'input', unrepresentable: 'any' });
  const sources = collectors.map((collector) => {
    const settings = z.toJSONSchema(collector.config, { io: 'input', unrepresentable: 'any' });
    return {
      type: 'object',
      title: collector.title,
      properties: {
        id: { type: 'string' },
        collector: { const: collector.id },
        title: { type: 'string' },
        consent: { enum: [...consents] },
        also: { type: 'array', items: { enum: [...optIns] } },
        ...settings.properties,
      },
      required: ['id', 'collector', ...(settings.required ?? [])],
      additionalProperties: false,
    };
  });
  return withReferences({
    ...schema,
    properties: {
      ...schema.properties,
      sources: { type: 'array', items: { anyOf: sources } },
      deposits: z.toJSONSchema(depositSchema, { io: 'input', unrepresentable: 'any' }),
    },
  });
}

const reference = {
  description: 'Where the secret is found; never the secret itself.',
  anyOf: ['env', 'file'].map((name) => ({
    type: 'object',
    properties: { [name]: { type: 'string' } },
    required: [name],
    additionalProperties: false,
  })),
};

function withReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withReferences);
  if (typeof node !== 'object' || node === null) return node;
  if ('secret' in node && node.secret === true) return reference;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withReferences(value)]));
}
