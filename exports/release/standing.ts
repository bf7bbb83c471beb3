import { Plan } from '../../controls/plan.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import type { Digest } from '../../evidence-model/digest.ts';
import type { Archive } from '../../vault/vault.ts';
import { answersOf } from '../answered.ts';
import type { Judgement } from '../judge.ts';
import { Decision, readStatement, type Statement } from './statement.ts';
import { questionnairesOf } from './to-sign.ts';

/** A packet that was released, and how its answers stand by what was judged later. */
export interface Standing {
  readonly tagmanifest: Digest;
  readonly statement: Statement;
  /** When the ledger says that it was released. */
  readonly at: string;
  /** Answers that were true when it was released, or not known to be otherwise, and that the evidence contradicts now. */
  readonly contradicted: readonly { readonly question: string; readonly about: string }[];
  /** Of these, whatever nobody decided about. */
  readonly reviewNeeded: readonly string[];
  readonly decisions: readonly Decision[];
}

/** Every release that the ledger holds, held against a judgement. */
export async function standingsOf(archive: Archive, judgement: Judgement): Promise<Standing[]> {
  const released: { tagmanifest: Digest; statement: Statement; at: string }[] = [];
  const decided: { tagmanifest: Digest; decision: Decision }[] = [];
  for await (const line of archive.ledger()) {
    const { t: at } = line;
    if (line.type === 'release' && line.as === 'officer') {
      const text = Buffer.from(await archive.get(line.statement)).toString();
      released.push({ tagmanifest: line.tagmanifest, statement: readStatement(text, line.statement), at });
    }
    if (line.type === 'release.review') {
      const said = Decision.safeParse(jsonOf(await archive.get(line.decision)));
      if (!said.success) throw new IntegrityError('a decision about a release has not its form');
      decided.push({ tagmanifest: line.tagmanifest, decision: said.data });
    }
  }
  const standings: Standing[] = [];
  for (const each of released) {
    const plan = Plan.parse(jsonOf(await archive.get(each.statement.plan)));
    const contradicted = contradictedIn(each.statement, plan, judgement);
    const decisions = decided.filter(({ tagmanifest }) => tagmanifest === each.tagmanifest);
    const covered = new Set(decisions.flatMap(({ decision }) => decision.questions));
    standings.push({
      ...{ ...each, contradicted },
      reviewNeeded: contradicted.map(({ question }) => question).filter((question) => !covered.has(question)),
      decisions: decisions.map(({ decision }) => decision),
    });
  }
  return standings;
}

/** What the company had answered then, held against the evidence of now; and what only evidence had shown. */
function contradictedIn(
  { draft, accepted, measured }: Statement,
  { answers }: Plan,
  judgement: Judgement,
): { question: string; about: string }[] {
  const known = new Set(
    accepted.flatMap(({ question, finding }) => (finding === 'contradicted' ? [question] : [])),
  );
  const asThen = { ...judgement, plan: { ...judgement.plan, answers } };
  return answersOf(asThen, judgement.asOf, questionnairesOf(draft.profile))
    .filter(({ question, stored, drafted }) => {
      if (known.has(question)) return false;
      if (stored.length === 0) return measured.includes(question) && drafted === 'supported-no';
      return stored.some(({ holds }) => holds === 'contradicted' || holds === 'doubtful');
    })
    .map(({ question, about }) => ({ question, about }));
}

function jsonOf(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString());
}
