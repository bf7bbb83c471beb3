import type { Problem, Session } from '../collectors/collector.ts';

/** A session to a source that there is no session to: every question gets the same reason, so that no dataset is left out. */
export function unreachable(problem: Problem): Session {
  return {
    width: 1,
    resumes: () => false,
    // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
    async *pages() {
      yield { asides: [], exchange: null, answer: { ok: false, problem } };
    },
    close() {
      // There is nothing to close.
    },
  };
}

/** Why a source could not be connected; a fault of ours is named by its class alone, for its message may hold anything. */
export function connectionProblem(text: string): Problem {
  return { status: 0, code: null, outcome: 'failed', reason: 'unreachable', text };
}

export const stopped: Problem = {
  status: 0,
  code: null,
  outcome: 'failed',
  reason: 'interrupted',
  text: 'the reading was stopped before this was asked',
};
