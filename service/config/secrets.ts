import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { Collector } from '../../collectors/collector.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { extend } from '../../evidence-model/pointer.ts';

/** Where a secret is found: it never stands in the configuration itself. */
const SecretReference = z.union([
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
]);
type SecretReference = z.output<typeof SecretReference>;

/** Stands for a secret wherever its value is not needed. No scope of a collector may hold it. */
export const placeholder = '(a secret, read when it is needed)';

/** A secret setting whose value is written where only a reference may stand. */
export interface BareSecret {
  readonly bare: readonly PropertyKey[];
}

export interface Referenced {
  /** The settings with the placeholder in place of each secret. */
  readonly settings: unknown;
  readonly references: ReadonlyMap<string, SecretReference>;
}

/** Takes the references to secrets out of settings, where their schema marks a setting as secret. */
export function takeReferences(collector: Pick<Collector, 'config'>, raw: unknown): Referenced | BareSecret {
  const secret = secretPointers(collector.config);
  const references = new Map<string, SecretReference>();
  const bare: (readonly PropertyKey[])[] = [];
  const settings = replace(raw, '', [], (value, pointer, path) => {
    if (!secret.has(pointer)) return undefined;
    const reference = SecretReference.safeParse(value);
    if (!reference.success) bare.push(path);
    else references.set(pointer, reference.data);
    return placeholder;
  });
  const [first] = bare;
  return first ? { bare: first } : { settings, references };
}

/** The settings with their secrets. Throws `OperatorError`, naming whose they are and the reference, where one cannot be read. */
export async function resolveSecrets(
  owner: string,
  raw: unknown,
  references: Referenced['references'],
  { folder, environment }: { folder: string; environment: Readonly<Record<string, string | undefined>> },
): Promise<unknown> {
  const values = new Map<string, string>();
  for (const [pointer, reference] of references)
    values.set(pointer, await valueOf(owner, reference, folder, environment));
  return replace(raw, '', [], (_, pointer) => values.get(pointer));
}

async function valueOf(
  owner: string,
  reference: SecretReference,
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  if ('env' in reference) {
    const value = environment[reference.env];
    if (value === undefined || value === '')
      throw new OperatorError(
        `${owner}: the environment variable ${reference.env} is not set: put the secret there, or point elsewhere in the configuration`,
      );
    return value;
  }
  const path = isAbsolute(reference.file) ? reference.file : join(folder, reference.file);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OperatorError(
      `${owner}: the secret file ${path} cannot be read (${code}): make it readable for the user that Exhibit runs as`,
    );
  }
  const value = text.trim();
  if (value === '')
    throw new OperatorError(`${owner}: the secret file ${path} is empty: put the secret there`);
  return value;
}

/** JSON Pointers of the settings that a collector marks as secret. */
function secretPointers(config: z.ZodType): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: unknown, pointer: string) => {
    if (typeof node !== 'object' || node === null) return;
    if ('secret' in node && node.secret === true) found.add(pointer);
    if ('properties' in node && typeof node.properties === 'object' && node.properties !== null)
      for (const [name, inner] of Object.entries(node.properties)) visit(inner, extend(pointer, name));
    for (const key of ['anyOf', 'oneOf', 'allOf'] as const)
      if (key in node) {
        const parts: unknown = (node as Record<string, unknown>)[key];
        if (Array.isArray(parts)) for (const part of parts) visit(part, pointer);
      }
  };
  visit(z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }), '');
  return found;
}

function replace(
  value: unknown,
  pointer: string,
  path: readonly PropertyKey[],
  how: (value: unknown, pointer: string, path: readonly PropertyKey[]) => unknown,
): unknown {
  const other = how(value, pointer, path);
  if (other !== undefined) return other;
  if (Array.isArray(value))
    return value.map((inner, n) => replace(inner, extend(pointer, n), [...path, n], how));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      replace(inner, extend(pointer, name), [...path, name], how),
    ]),
  );
}
