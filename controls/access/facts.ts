import type { Citation } from '../../evidence-model/subject.ts';
import { isUnknown, type Unknown } from '../../evidence-model/unknown.ts';
import type { View } from '../control.ts';
import type { Finding } from '../finding.ts';
import { told } from '../told.ts';

/** A fact, or why it is not known. */
export type Told<T> = T | Unknown;

export const untold = (unknown: string): Unknown => ({ unknown });

/** What signing in with one account takes. Each is a matter of its own, and none stands for another. */
export interface Mfa {
  /** A second factor is set up. */
  readonly capable: Told<boolean>;
  /** No way of signing in goes without one. */
  readonly required: Told<boolean>;
  /** The log shows that one was asked for, and never that none was. */
  readonly observed: Told<boolean>;
  readonly phishingResistant: Told<boolean>;
  /** What this rests on, in words. */
  readonly by: string;
}

/** How privileged an account is, and by what. */
export interface Standing {
  readonly privilege: Told<'administrator' | 'writer' | 'ordinary'>;
  readonly by: string;
  /** What it holds for certain that matters for the separation of duties, and why there may be more. */
  readonly duties: readonly string[];
  readonly openDuties: string | null;
  /** Where what decides was read. */
  readonly citations: readonly Citation[];
}

/** When an account was used, as far as its source tells. */
export interface Use {
  readonly createdAt: Told<string>;
  readonly lastSignInAt: Told<string>;
  readonly lastSuccessfulSignInAt: Told<string>;
  readonly signInRecorded: Told<boolean>;
  /** Something was done then, and perhaps later too. */
  readonly activeAt: Told<string>;
}

/** All that is to be said of one account beside whose it is. */
export interface Facts {
  readonly guest: Told<boolean>;
  readonly standing: Standing;
  readonly signsInAt: Told<string>;
  /** The directory of a cloud that it stands in. */
  readonly directory: string;
  /** Somebody can sign in with it, and not only sign requests with a key. */
  readonly interactive: Told<boolean>;
  readonly mfa: Mfa;
  readonly use: Use;
  readonly citations: readonly Citation[];
}

export type Level = 'none' | 'capable' | 'required' | 'observed';

/** The most that is shown. What is not known is never taken for what is shown, nor for less. */
export function levelOf({ capable, required, observed }: Mfa): Told<Level> {
  if (isUnknown(required)) return required;
  if (required) return observed === true ? 'observed' : 'required';
  if (isUnknown(capable)) return capable;
  return capable ? 'capable' : 'none';
}

/** The value of one field, or why it is not known. */
export function fieldOf<V, F extends keyof V & string>(view: View<V>, field: F): Told<V[F]> {
  const { known, untold: silent } = told([view], [field]);
  const [first] = known;
  return first ? first[field] : untold(silent?.reason ?? 'it is not told');
}

/** What a finding says of something that is so where it passes. */
export function truthOf({ status, reason }: Finding): Told<boolean> {
  if (status === 'pass') return true;
  return status === 'fail' ? false : untold(reason);
}

/** Both must be so. What is not known of one does not hide that the other is not. */
export function both(a: Told<boolean>, b: Told<boolean>): Told<boolean> {
  if (a === false || b === false) return false;
  if (isUnknown(a)) return a;
  return b;
}
