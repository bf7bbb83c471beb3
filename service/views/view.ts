import type { Archive } from '../../vault/vault.ts';
import type { Configuration } from '../config/load.ts';

/** What a view may look at: the configuration without its secrets, and the vault without its lock. */
interface Seen {
  readonly configuration: Configuration;
  readonly archive: Archive;
  readonly now: Date;
}

/** One thing to show: for people and for programs, from the same facts. */
export interface Shown {
  readonly text: string;
  readonly value: unknown;
}

/** What was asked for besides: the first day of a period and the day after its last. */
export interface Asked {
  readonly from?: string;
  readonly to?: string;
}

export type View = (seen: Seen, asked: Asked) => Promise<Shown>;
