import { z } from 'zod';
import { digest, Digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { releaseSteps } from '../../vault/ledger-lines.ts';

/** What has to be accepted one by one: an answer with limits, and one that the evidence speaks against. */
export const findings = ['qualified', 'contradicted'] as const;
export type Finding = (typeof findings)[number];

/**
 * What somebody stated of a draft, kept in the vault and handed out with what was released. Nothing in it is written in
 * words but the name and the role of whoever stated it.
 */
export const Statement = z.strictObject({
  v: z.literal(1),
  as: z.enum(releaseSteps),
  /** How they are called in the ledger. */
  actor: z.string(),
  name: z.string().min(1),
  role: z.string().min(1),
  at: z.iso.datetime(),
  draft: z.strictObject({ packet: Digest, profile: z.string(), asOf: z.iso.datetime(), tagmanifest: Digest }),
  /** The plan that holds what the company had answered. */
  plan: Digest,
  /** Who else had to agree before, as the company has it. */
  steps: z.array(z.enum(releaseSteps)),
  /** Whether whoever provides the IT was asked. */
  provider: z.enum(['consulted', 'not consulted', 'not said']),
  accepted: z.array(
    z.strictObject({ question: z.string(), finding: z.enum(findings), initials: z.string().min(1) }),
  ),
  /** Questions that the company leaves to be answered. */
  left: z.array(z.string()),
  /** Of those, what the evidence shows as a yes by itself. */
  measured: z.array(z.string()),
  salt: z.string(),
});
export type Statement = z.output<typeof Statement>;

export interface Release {
  readonly draft: { readonly id: Digest; readonly tagmanifest: Digest };
  /** The officer's comes last. */
  readonly statements: readonly Statement[];
}

/** The bytes of a statement, by which the ledger knows it. */
export function statementText(statement: Statement): string {
  return `${JSON.stringify(statement)}\n`;
}

export function readStatement(text: string, expected: Digest): Statement {
  if (digest(text) !== expected) throw new IntegrityError('a statement is not the one that the ledger names');
  const parsed = Statement.safeParse(JSON.parse(text));
  if (!parsed.success) throw new IntegrityError('a statement has not its form');
  return parsed.data;
}

/** What was decided about answers that are no longer true. */
export const Decision = z.strictObject({
  v: z.literal(1),
  actor: z.string(),
  name: z.string().min(1),
  role: z.string().min(1),
  at: z.iso.datetime(),
  /** In words of their own: it stays in the vault. */
  decided: z.string().min(1),
  questions: z.array(z.string()),
  salt: z.string(),
});
export type Decision = z.output<typeof Decision>;
