import { declarationOf } from '../collectors/dataset.ts';
import type { Dataset } from '../collectors/dataset.ts';
import { Plan, type DueDataset } from '../controls/plan.ts';
import type { Cadence } from '../evidence-model/cadence.ts';
import { canonical } from '../evidence-model/canonical.ts';
import { compare } from '../evidence-model/subject.ts';
import { ordered } from './order.ts';
import type { Setup } from './setup.ts';

/** What is due of these sources and how it will be judged. The same configuration gives the same plan. */
export function planOf(setup: Setup): Plan {
  const { organization, sources, policy, exceptions, systems, register, answers, declared } = setup;
  return Plan.parse({
    v: 1,
    organization: { name: organization.name, slug: organization.slug, paper: organization.paper },
    sources: [...sources]
      .sort((a, b) => compare(a.id, b.id))
      .map(({ id, title, collector, datasets, scope }) => ({
        id,
        collector: collector.id,
        title,
        scope: canonical(scope),
        datasets: ordered(datasets).map(dueDataset),
      })),
    policy: canonical(policy),
    exceptions: [...exceptions].sort((a, b) => compare(a.id, b.id)),
    systems: [...systems].sort((a, b) => compare(a.id, b.id)),
    register: canonical(register),
    answers: canonical(
      [...answers].sort((a, b) => compare(a.question, b.question) || compare(a.form ?? '', b.form ?? '')),
    ),
    declared: canonical(declared),
  });
}

/** The bytes that the vault keeps of a plan; their digest is what a slot pins. */
export function planBytes(plan: Plan): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(plan)}\n`);
}

/** How often a dataset is due. */
export function cadenceOf(dataset: Dataset): Cadence {
  return dataset.type === 'log' ? (dataset.cadence ?? 'nightly') : 'nightly';
}

function dueDataset(dataset: Dataset): DueDataset {
  return {
    id: dataset.id,
    title: dataset.title,
    type: dataset.type,
    cadence: cadenceOf(dataset),
    docs: dataset.docs,
    permissions: [...dataset.permissions],
    each: dataset.each?.dataset ?? null,
    ...declarationOf(dataset),
  };
}
