import { schedule } from 'node-cron';
import type { Night } from '../scheduler/night.ts';
import { recover } from '../scheduler/recover.ts';
import type { Timetable } from '../scheduler/setup.ts';
import { runUnannounced } from '../scheduler/run-slot.ts';
import { tick } from '../scheduler/tick.ts';
import { isUnannouncedDue } from '../scheduler/unannounced.ts';

/** How often it is looked what is due. Cron only beats; the ledger's schedule decides. */
const beat = '*/10 * * * * *';
const beatMs = 10_000;

export interface Nights {
  /** Stops looking and waits for the slot that is being read, which the night's signal cuts short. */
  stop(): Promise<void>;
}

/** Reads slots as they fall due, never two at once. `broken` is told of an error that reading cannot go on after. */
export function startNights(
  night: Night,
  vault: string,
  { timetable, unannounced }: { readonly timetable: Timetable; readonly unannounced: boolean },
  broken: (error: unknown) => void,
): Nights {
  const runningSince = night.outside.now();
  let recovered = false;
  let under: Promise<void> | null = null;
  const work = async () => {
    if (!recovered) await recover(night, vault, timetable);
    recovered = true;
    if (night.signal.aborted || (await tick(night, runningSince))) return;
    const { now, random } = night.outside;
    if (unannounced && isUnannouncedDue(night.book, now(), random, beatMs)) await runUnannounced(night);
  };
  const look = () => {
    if (under || night.signal.aborted) return;
    under = work()
      .catch(broken)
      .finally(() => {
        under = null;
      });
  };
  const cron = schedule(beat, look);
  look();
  return {
    async stop() {
      await cron.destroy();
      await under;
    },
  };
}
