import { OperatorError } from '../../evidence-model/operator-error.ts';
import { account } from '../../scheduler/account.ts';
import type { Target } from '../../scheduler/read-source.ts';
import { recover } from '../../scheduler/recover.ts';
import { runManual } from '../../scheduler/run-slot.ts';
import type { Setup } from '../../scheduler/setup.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';
import { progressOn } from '../output/progress.ts';
import { table } from '../output/table.ts';
import { recordStamping } from '../stamping.ts';
import { nightOf, openWorkspace } from '../workspace.ts';

/** `exhibit collect [source[/dataset]]`: one reading now, in a slot of its own. */
export async function collect(context: Context, _: unknown, target?: string): Promise<number> {
  const { surroundings } = context;
  const configuration = await context.configuration();
  const targets = targetsOf(configuration.setup, target);
  for (const { source } of targets) await source.settings(); // a secret that is missing is told before anything is opened
  const workspace = await openWorkspace(configuration, surroundings);
  try {
    const report = progressOn(surroundings.stderr);
    const { night, network } = await nightOf(configuration, workspace, surroundings, {
      clock: 'system',
      report,
    });
    try {
      const runningSince = surroundings.now();
      await recordStamping(night.book, night.stamping, configuration);
      await recover(night, configuration.paths.vault, configuration.timetable);
      await account(night.book, surroundings.now(), runningSince);
      const { slot, status } = await runManual(night, targets);
      const runs = [];
      for (const line of night.book.find(slot)?.runs ?? [])
        runs.push(...(await workspace.vault.run(line)).predicate.datasets.map((each) => ({ line, each })));
      const rows = await Promise.all(
        runs.map(async ({ line, each: { dataset, end } }) => ({
          source: await workspace.vault.nameOf(line.source),
          dataset,
          outcome: end.outcome,
          records: end.records,
          requests: end.requests,
          reason: end.reasons.map(({ text }) => text).join('; ') || null,
        })),
      );
      context.print(
        `${table(
          ['source', 'dataset', 'outcome', 'records', 'requests', 'reason'],
          rows.map((row) => [
            row.source,
            row.dataset,
            row.outcome,
            row.records,
            row.requests,
            row.reason ?? '',
          ]),
        )}\nslot ${slot} is closed: ${status}\n`,
        { slot, status, datasets: rows },
      );
      if (status === 'ok') return exit.done;
      return status === 'interrupted' ? exit.failed : exit.incomplete;
    } finally {
      network.close();
    }
  } finally {
    await workspace.vault.close();
  }
}

/** What `source` or `source/dataset` names; everything where nothing is named. */
function targetsOf({ sources }: Setup, target: string | undefined): Target[] {
  if (sources.length === 0)
    throw new OperatorError('no sources are configured: add one to sources in the configuration');
  if (target === undefined) return sources.map((source) => ({ source, dataset: null }));
  const slash = target.indexOf('/');
  const id = slash < 0 ? target : target.slice(0, slash);
  const dataset = slash < 0 ? null : target.slice(slash + 1);
  const source = sources.find((each) => each.id === id);
  if (!source)
    throw new OperatorError(
      `there is no source ${id}; there are ${sources.map((each) => each.id).join(', ')}`,
    );
  const { datasets } = source.collector;
  if (dataset !== null && !datasets.some((each) => each.id === dataset))
    throw new OperatorError(
      `${id} has no dataset ${dataset}; it has ${datasets.map((each) => each.id).join(', ')}`,
    );
  return [{ source, dataset }];
}
