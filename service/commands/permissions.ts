import { OperatorError } from '../../evidence-model/operator-error.ts';
import { compare } from '../../evidence-model/subject.ts';
import type { Collector } from '../../collectors/collector.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';
import { table } from '../output/table.ts';

/** One permission, in the vendor's words, and what it is for. */
export interface Grant {
  readonly permission: string;
  readonly datasets: readonly string[];
}

/** The least that must be granted for every dataset of a collector, from the datasets' own declarations. */
export function grantsOf({ datasets }: Collector): Grant[] {
  const uses = new Map<string, string[]>();
  for (const { id, permissions } of datasets)
    for (const permission of permissions) uses.set(permission, [...(uses.get(permission) ?? []), id]);
  return [...uses]
    .map(([permission, used]) => ({ permission, datasets: used }))
    .sort((a, b) => compare(a.permission, b.permission));
}

/** What the kept answers of each dataset hold about people. */
function personalOf({ datasets }: Collector): string {
  const rows = datasets.flatMap(({ id, personal }) =>
    personal.length > 0 ? [[id, personal.join(', ')]] : [],
  );
  if (rows.length === 0) return '';
  return `\nWhat stays in the vault about people, as the source gives it:\n\n${table(['dataset', 'holds'], rows)}`;
}

/** `exhibit permissions`: what to grant, and nothing more; and what that brings along about people. */
export async function permissions(context: Context, _: unknown, name = ''): Promise<number> {
  const { collectors } = await context.registry();
  const collector = collectors.find(({ id }) => id === name);
  if (!collector)
    throw new OperatorError(
      `there is no collector ${name}; there are ${collectors.map(({ id }) => id).join(', ')}`,
    );
  const grants = grantsOf(collector);
  const policy = policyOf(grants);
  const rows = grants.flatMap(({ permission, datasets }) =>
    datasets.map((dataset, n) => [n === 0 ? permission : '', dataset]),
  );
  const document = policy ? `\nAs an IAM policy:\n\n${JSON.stringify(policy, null, 2)}\n` : '';
  context.print(`${table(['grant', 'for'], rows)}${document}${personalOf(collector)}`, {
    collector: collector.id,
    permissions: grants,
    personal: Object.fromEntries(collector.datasets.map(({ id, personal }) => [id, personal])),
    ...(policy ? { policy } : {}),
  });
  return exit.done;
}

/** A policy document of exactly these actions, where all permissions are actions of IAM. */
function policyOf(grants: readonly Grant[]): unknown {
  const actions = grants.map(({ permission }) => permission);
  if (actions.length === 0 || !actions.every((action) => /^[a-z0-9-]+:[A-Za-z]+$/.test(action))) return null;
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'ExhibitReadOnly', Effect: 'Allow', Action: actions, Resource: '*' }],
  };
}
