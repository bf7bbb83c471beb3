import { OperatorError } from '../../evidence-model/operator-error.ts';
import { compare } from '../../evidence-model/subject.ts';
import type { Collector, GrantDocument } from '../../collectors/collector.ts';
import {
  consented,
  consents,
  optIns,
  type Consent,
  type Dataset,
  type OptIn,
  type Tier,
} from '../../collectors/dataset.ts';
import type { Control } from '../../controls/control.ts';
import type { Context } from '../context.ts';
import { untold } from '../doctor/untold.ts';
import { exit } from '../errors.ts';
import { table } from '../output/table.ts';

interface Options {
  readonly consent: string;
  readonly also?: readonly string[];
  readonly as?: string;
}

/** One permission, in the vendor's words, the least consent that takes it, and what it is for. */
export interface Grant {
  readonly permission: string;
  readonly tier: Tier;
  readonly datasets: readonly string[];
}

/** Less consent is not enough for it; what is agreed to one by one comes last. */
const order: readonly Tier[] = [...consents, ...optIns];

/** The least that must be granted for these datasets, from their own declarations. */
export function grantsOf(datasets: readonly Dataset[]): Grant[] {
  const uses = new Map<string, Dataset[]>();
  for (const dataset of datasets)
    for (const permission of dataset.permissions)
      uses.set(permission, [...(uses.get(permission) ?? []), dataset]);
  return [...uses]
    .map(([permission, used]): Grant => {
      const tiers = used.map(({ tier = 'standard' }) => tier);
      const tier = order.find((each) => tiers.includes(each)) ?? 'standard';
      return { permission, tier, datasets: used.map(({ id }) => id) };
    })
    .sort((a, b) => compare(a.permission, b.permission));
}

/** What the kept answers of each dataset hold about people. */
function personalOf(datasets: readonly Dataset[]): string {
  const rows = datasets.flatMap(({ id, personal }) =>
    personal.length > 0 ? [[id, personal.join(', ')]] : [],
  );
  if (rows.length === 0) return '';
  return `\nWhat stays in the vault about people, as the source gives it:\n\n${table(['dataset', 'holds'], rows)}`;
}

/** Which controls about this kind of source cannot be told, or not wholly, from what may be read with such consent. */
function lostBelow(
  collector: Collector,
  controls: readonly Control[],
  read: readonly Dataset[],
): readonly string[] {
  const about = controls.filter(({ collectors }) => collectors.includes(collector.id));
  const trials = collector.datasets
    .filter((dataset) => !read.includes(dataset))
    .map((dataset) => ({
      source: collector.id,
      dataset,
      state: 'not tried' as const,
      because: '',
      grant: [],
    }));
  return untold(about, [{ id: collector.id, collector }], trials).map(({ control }) => control);
}

function textOf({ content }: GrantDocument): string {
  return typeof content === 'string' ? content : JSON.stringify(content, null, 2);
}

/** `exhibit permissions`: what to grant, and nothing more; what is lost with less; and what that brings along about people. */
export async function permissions(
  context: Context,
  { consent, also = [], as }: Options,
  name = '',
): Promise<number> {
  const { collectors, controls } = await context.registry();
  const collector = collectors.find(({ id }) => id === name);
  if (!collector)
    throw new OperatorError(
      `there is no collector ${name}; there are ${collectors.map(({ id }) => id).join(', ')}`,
    );
  const datasets = consented(collector.datasets, consent as Consent, also as OptIn[]);
  const grants = grantsOf(datasets);
  const rows = grants.flatMap(({ permission, tier, datasets: uses }) =>
    uses.map((dataset, n) => (n === 0 ? [permission, tier, dataset] : ['', '', dataset])),
  );
  const lost = consents.map((tier) => {
    const read = consented(collector.datasets, tier, also as OptIn[]);
    return { consent: tier, datasets: read.length, controls: lostBelow(collector, controls, read) };
  });
  const documents = (await collector.grants?.(datasets)) ?? [];
  if (as !== undefined) {
    const wanted = documents.find(({ id }) => id === as);
    if (!wanted)
      throw new OperatorError(
        `there is no document ${as} of ${collector.id}; there are ${documents.map(({ id }) => id).join(', ') || 'none'}`,
      );
    context.print(`${textOf(wanted)}\n`, wanted.content);
    return exit.done;
  }
  const [document, ...others] = documents;
  const parts = [
    `With the consent \`${consent}\`${also.map((each) => ` and \`${each}\``).join('')}:\n`,
    table(['grant', 'from', 'for'], rows),
    table(
      ['consent', 'datasets', 'controls that it leaves untold, or told in part'],
      lost.map((each) => [each.consent, String(each.datasets), each.controls.join(', ') || 'none']),
    ),
    ...(document ? [`${document.title}:\n\n${textOf(document)}\n`] : []),
    ...others.map(({ id, title }) => `${title}: add --as ${id}\n`),
  ];
  context.print(`${parts.join('\n')}${personalOf(datasets)}`, {
    collector: collector.id,
    consent,
    also,
    permissions: grants,
    lost,
    personal: Object.fromEntries(datasets.map(({ id, personal }) => [id, personal])),
    document: document?.content ?? null,
  });
  return exit.done;
}
