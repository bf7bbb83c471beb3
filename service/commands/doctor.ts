import { access } from 'node:fs/promises';
import { openNetwork } from '../../collectors/transport/network.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { openVault } from '../../vault/files.ts';
import { loadKeys } from '../../vault/keys.ts';
import type { Configuration } from '../config/load.ts';
import type { Context } from '../context.ts';
import { tells, trySource, type Trial } from '../doctor/try-source.ts';
import { untold } from '../doctor/untold.ts';
import { exit } from '../errors.ts';
import { tryAuthorities } from '../doctor/try-authorities.ts';
import { table } from '../output/table.ts';
import { sleep } from '../workspace.ts';

interface Check {
  readonly what: string;
  readonly ok: boolean;
  readonly text: string;
}

/** `exhibit doctor`: what can be read and what cannot, what to grant, and which controls that leaves untold. It writes no evidence. */
export async function doctor(context: Context): Promise<number> {
  const { surroundings } = context;
  const configuration = await context.configuration();
  const { controls } = await context.registry();
  const { sources } = configuration.setup;
  const checks: Check[] = [
    { what: 'configuration', ok: true, text: configuration.file },
    await checkVault(configuration, context),
  ];
  const network = openNetwork({
    environment: surroundings.environment,
    authorities: await configuration.authorities(),
  });
  const trials: Trial[] = [];
  try {
    const { now, random, environment, stop } = surroundings;
    const authorities = await configuration.timeStamps();
    for (const { id, ok, text } of await tryAuthorities(authorities, network, surroundings))
      checks.push({ what: `time stamps of ${id}`, ok, text });
    const trusted = await configuration.authorities();
    for (const each of await configuration.deposits({
      wire: network,
      now,
      signal: stop,
      authorities: trusted,
    }))
      checks.push({ what: `deposit ${each.id}`, ...(await each.look()) });
    for (const source of sources) {
      surroundings.stderr.write(`trying ${source.id}\n`);
      trials.push(...(await trySource(source, { network, now, random, sleep, environment, signal: stop })));
    }
  } finally {
    network.close();
  }
  const lost = untold(controls, sources, trials);
  const text = [
    table(
      ['check', 'state', ''],
      checks.map((check) => [check.what, check.ok ? 'well' : 'not well', check.text]),
    ),
    table(['source', 'dataset', 'state', 'because'], rowsOf(trials)) || 'no sources are configured\n',
    lost.length === 0
      ? 'every control can be told\n'
      : table(
          ['control that cannot be told', 'because'],
          lost.map(({ control, because }) => [control, because.join('; ')]),
        ),
  ].join('\n');
  context.print(text, {
    checks,
    datasets: trials.map(({ source, dataset, state, because, grant }) => ({
      source,
      dataset: dataset.id,
      state,
      reason: because || null,
      grant,
    })),
    controls: lost,
  });
  const well = checks.every(({ ok }) => ok) && trials.every(tells);
  return well && sources.length > 0 ? exit.done : exit.incomplete;
}

/** A row for each dataset that can be read; of a source's others one for each reason. */
function rowsOf(trials: readonly Trial[]): string[][] {
  const groups = Map.groupBy(trials, ({ source, dataset, state, because, grant }) =>
    JSON.stringify(state === 'readable' ? [source, dataset.id] : [source, state, because, grant]),
  );
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const { source, dataset, state, because, grant } = first;
    const which = others.length === 0 ? dataset.id : `${dataset.id} and ${others.length} more`;
    return [[source, which, state, grant.length > 0 ? `${because} (grant: ${grant.join(', ')})` : because]];
  });
}

/** Opens the vault and closes it again, which tries all that it relies on. */
async function checkVault({ paths }: Configuration, { surroundings }: Context): Promise<Check> {
  const what = 'vault';
  const made = await access(paths.vault).then(
    () => true,
    () => false,
  );
  if (!made) return { what, ok: true, text: `${paths.vault} is not made yet: collect or serve will make it` };
  try {
    const { now, randomBytes } = surroundings;
    const vault = await openVault({
      dir: paths.vault,
      keys: await loadKeys(paths.keys),
      now,
      randomBytes,
    });
    await vault.close();
    return { what, ok: true, text: paths.vault };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { what, ok: false, text: error.message };
  }
}
