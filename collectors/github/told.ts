import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Page, Problem } from '../collector.ts';
import { notUnderstood } from '../problems.ts';
import type { Answer } from '../transport/network.ts';
import { decode } from './decode.ts';
import { problemOf } from './problems.ts';

/** A page, and where GitHub says that it goes on, or that it has moved to. */
export interface Told extends Page {
  readonly link: string | null;
  readonly location: string | null;
}
export const silence = { link: null, location: null };

/** What an answer says, or why it says nothing. */
export function read(what: string, answer: Answer, exchange: Exchange): Omit<Told, 'asides' | 'exchange'> {
  const led = { link: answer.headers['link'] ?? null, location: answer.headers['location'] ?? null };
  if (answer.status !== 200) return { ...led, answer: { ok: false, problem: problemOf(what, answer) } };
  const decoded = decode(answer, answer.bytes);
  return decoded.ok
    ? { ...led, answer: decoded }
    : { ...led, answer: { ok: false, problem: notUnderstood(what, exchange.status) } };
}

/** The second of two answers, beside which the first stands. */
export function after(first: Told, second: Told): Told {
  const exchanges = first.exchange ? [first.exchange] : [];
  return { ...second, asides: [...first.asides, ...exchanges, ...second.asides] };
}

/** A page that is the same as the one before. */
export function repeated(what: string): Problem {
  const text = `${what}: the listing leads back to a page that was read`;
  return { outcome: 'truncated', reason: 'repeated-page', status: 200, code: null, text };
}
