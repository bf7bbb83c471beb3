import { digest } from '../../evidence-model/digest.ts';
import type { Authority } from '../time-stamp/authority.ts';
import type { Stamp } from '../vault.ts';
import { askForStamp, type Outside } from './time-stamp-client.ts';

/** What came of asking one authority. */
export type StampTold =
  { readonly authority: string; readonly at: Date } | { readonly authority: string; readonly failed: string };

/** Whoever stamps, for all who have something stamped. */
export interface Stamping {
  readonly authorities: readonly Authority[];
  /** Tells what came of each, and never rejects because of one. */
  readonly stamp: Stamp;
  /** How far the clock of this machine is behind that of the authorities, in milliseconds; `null` where none answers. */
  behind(): Promise<number | null>;
}

/** Has the authorities stamp, all at once: one is enough, and none waits for another. */
export function stampingBy(
  authorities: readonly Authority[],
  { now, ...outside }: Outside & { readonly now: () => Date },
  tell: (told: StampTold) => void,
): Stamping {
  return {
    authorities,
    async stamp(imprint, without) {
      const asked = await Promise.all(
        authorities
          .filter(({ id }) => !without.includes(id))
          .map(async (authority) => ({
            id: authority.id,
            asked: await askForStamp(imprint, authority, outside),
          })),
      );
      return asked.flatMap(({ id: authority, asked: came }) => {
        if ('failed' in came) {
          tell({ authority, failed: came.failed });
          return [];
        }
        tell({ authority, at: came.at });
        return [{ authority, answer: came.answer }];
      });
    },
    async behind() {
      const found = await Promise.all(
        authorities.map(async (authority) => {
          const before = now().getTime();
          const asked = await askForStamp(digest(outside.randomBytes(32)), authority, outside);
          if ('failed' in asked) return [];
          const at = asked.at.getTime();
          // What lies between asking and being answered is no difference of clocks; seconds are the least that is told.
          return [at < before - 1000 ? at - before : Math.max(0, at - now().getTime())];
        }),
      );
      // Where they differ, the one that is nearest: an authority may have its clock wrong, too.
      return found.flat().sort((a, b) => Math.abs(a) - Math.abs(b))[0] ?? null;
    },
  };
}
