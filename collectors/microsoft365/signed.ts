import type { Page } from '../collector.ts';
import type { Tokens } from './token.ts';

/** Sends one request with a token; once more with a new one where that which there was is no longer taken. */
export async function signed(token: Tokens, once: (bearer: string) => Promise<Page>): Promise<Page> {
  const held = await token();
  if (!held.ok)
    return { asides: held.exchanges, exchange: null, answer: { ok: false, problem: held.problem } };
  const page = await once(held.value);
  const before = [...held.exchanges, ...page.asides];
  if (page.answer.ok || page.answer.problem.status !== 401) return { ...page, asides: before };
  const renewed = await token(held.value);
  const asides = [...before, ...(page.exchange ? [page.exchange] : []), ...renewed.exchanges];
  if (!renewed.ok) return { asides, exchange: null, answer: { ok: false, problem: renewed.problem } };
  // Whoever has nothing newer to show would only be refused again.
  if (renewed.value === held.value) return { ...page, asides: before };
  const again = await once(renewed.value);
  return { ...again, asides: [...asides, ...again.asides] };
}
