import { OperatorError } from '../../evidence-model/operator-error.ts';
import { openArchive } from '../../vault/files.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';
import type { Asked, View } from '../views/view.ts';

const views: Readonly<Record<string, () => Promise<View>>> = {
  sources: async () => (await import('../views/sources.ts')).sources,
  datasets: async () => (await import('../views/datasets.ts')).datasets,
  results: async () => (await import('../views/results.ts')).results,
  answers: async () => (await import('../views/answers.ts')).answers,
  readiness: async () => (await import('../views/readiness.ts')).readiness,
  people: async () => (await import('../views/people.ts')).people,
  scope: async () => (await import('../views/company.ts')).scope,
  statements: async () => (await import('../views/company.ts')).statements,
  'company-controls': async () => (await import('../views/company.ts')).companyControls,
  policy: async () => (await import('../views/company.ts')).policy,
  risks: async () => (await import('../views/company.ts')).risks,
  runs: async () => (await import('../views/runs.ts')).runs,
  releases: async () => (await import('../views/releases.ts')).releases,
  stamps: async () => (await import('../views/stamps.ts')).stamps,
  deposits: async () => (await import('../views/deposits.ts')).deposits,
  egress: async () => (await import('../views/egress.ts')).egress,
  period: async () => (await import('../views/period.ts')).period,
  'work-list': async () => (await import('../views/work-list.ts')).workList,
  ledger: async () => (await import('../views/ledger.ts')).ledger,
};

/** `exhibit show`: what stands in the vault. It takes no lock, needs no secrets and asks no source. */
export async function show(context: Context, { from, to }: Asked, what = ''): Promise<number> {
  const load = Object.hasOwn(views, what) ? views[what] : undefined;
  if (!load)
    throw new OperatorError(`there is no ${what} to show; there are ${Object.keys(views).join(', ')}`);
  const view = await load();
  const configuration = await context.configuration();
  const archive = await openArchive(configuration.paths.vault);
  const seen = { configuration, archive, now: context.surroundings.now() };
  const asked = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const { text, value } = await view(seen, asked);
  context.print(text, value);
  return exit.done;
}
