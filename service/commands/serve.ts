import { pino, type Logger } from 'pino';
import { z } from 'zod';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import type { Progress } from '../../scheduler/night.ts';
import { recordSchedule } from '../../scheduler/tick.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';
import { createApp } from '../http/app.ts';
import { listen } from '../http/listen.ts';
import { PacketJobs, type PacketBuilder } from '../http/packet-jobs.ts';
import { openToken } from '../http/token.ts';
import { startNights } from '../nights.ts';
import { makePacket } from '../packets.ts';
import { recordStamping } from '../stamping.ts';
import type { Surroundings } from '../surroundings.ts';
import { nightOf, openWorkspace } from '../workspace.ts';

/** How long answers may take to end once the service is told to; the whole stop stays within ten seconds. */
const closeGraceMs = 2000;

/** `exhibit serve`: reads every night by itself and hands out packets to the bearer of the token, until it is told to end. */
export async function serve(
  context: Context,
  { listen: address, clock }: { readonly listen: string; readonly clock?: string },
): Promise<number> {
  const surroundings = withClock(context.surroundings, clock);
  const { stdout, stop, now } = surroundings;
  const configuration = await context.configuration();
  const { paths, setup, timetable } = configuration;
  for (const source of setup.sources) await source.settings(); // a secret that is missing is told now, not at night
  const log = pino({ base: null }, { write: (line) => stdout.write(line) });
  const ended = Promise.withResolvers<Error | null>();
  const broken = (error: unknown) =>
    ended.resolve(error instanceof Error ? error : new Error('something that is no error was thrown'));
  stop.addEventListener('abort', () => ended.resolve(null));

  const workspace = await openWorkspace(configuration, surroundings);
  try {
    const { night, network } = await nightOf(configuration, workspace, surroundings, {
      clock: clock === undefined ? 'system' : 'given',
      report: (progress) => log.info(factsOf(progress), progress.step),
    });
    const { check, made } = await openToken(paths.state, surroundings);
    const build: PacketBuilder = (order) =>
      makePacket(
        configuration,
        workspace,
        { ...order, out: { folder: paths.packets } },
        stop,
        night.stamping,
      );
    const jobs = await PacketJobs.open({ state: paths.state, packets: paths.packets, build, now, broken });
    await recordStamping(night.book, night.stamping, configuration);
    await recordSchedule(night.book, setup, timetable, now());
    const ready = () => (stop.aborted ? 'it is ending' : null);
    const listening = await listen(createApp({ jobs, check, ready, log }), address);
    announce(context, listening.url, made);
    log.info({ url: listening.url, clock: night.clock }, 'serving');
    const nights = startNights(night, paths.vault, configuration, broken);
    if (stop.aborted) ended.resolve(null);

    const error = await ended.promise;
    log.info('ending');
    await Promise.all([listening.close(closeGraceMs), nights.stop(), jobs.stop()]);
    network.close();
    if (error !== null) throw error;
    log.info('ended');
    return exit.done;
  } finally {
    await workspace.vault.close();
  }
}

/** The token is printed at the first start, and never again. */
function announce(context: Context, url: string, token: string | null): void {
  const line =
    token === null
      ? `listening at ${url}\n`
      : `listening at ${url}\nbearer token, shown this once: ${token}\n`;
  context.print(line, token === null ? { url } : { url, token });
}

function factsOf(progress: Progress): Parameters<Logger['info']>[0] {
  switch (progress.step) {
    case 'slot':
      return { slot: progress.slot };
    case 'dataset':
      return { source: progress.source, dataset: progress.dataset };
    case 'read': {
      const { outcome, records, requests } = progress.end;
      return { source: progress.source, dataset: progress.dataset, outcome, records, requests };
    }
    case 'stamp':
      return 'failed' in progress
        ? { authority: progress.authority, failed: progress.failed }
        : { authority: progress.authority, at: progress.at };
    case 'deposit':
      return { deposit: progress.id, size: progress.size, ...progress.outcome };
    case 'closed':
      return { slot: progress.slot, status: progress.status };
  }
}

/** The surroundings with a clock that was started at a given time and runs as time does. */
function withClock(surroundings: Surroundings, clock: string | undefined): Surroundings {
  if (clock === undefined) return surroundings;
  if (!z.iso.datetime().safeParse(clock).success)
    throw new OperatorError(`--clock ${clock} is not a time: write it as 2026-01-31T02:29:55Z`);
  const from = Date.parse(clock);
  const started = performance.now();
  return { ...surroundings, now: () => new Date(from + Math.floor(performance.now() - started)) };
}
