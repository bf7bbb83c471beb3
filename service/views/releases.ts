import { judge } from '../../exports/judge.ts';
import { standingsOf } from '../../exports/release/standing.ts';
import { table } from '../output/table.ts';
import type { View } from './view.ts';

/** What was released, by whom, and which of its answers the newest evidence contradicts. */
export const releases: View = async ({ archive, now }) => {
  const judgement = await judge(archive, { now: now.toISOString() });
  const all = await standingsOf(archive, judgement);
  const text = [
    `as of ${judgement.asOf}`,
    '',
    table(
      ['released', 'profile', 'as of', 'draft', 'by', 'answers'],
      all.map(({ at, statement: { draft, name, role }, tagmanifest, contradicted, reviewNeeded }) => [
        at,
        draft.profile,
        draft.asOf.slice(0, 10),
        tagmanifest.slice(0, 16),
        `${name}, ${role}`,
        reviewNeeded.length > 0
          ? `${reviewNeeded.length} review needed`
          : contradicted.length > 0
            ? `${contradicted.length} contradicted, reviewed`
            : 'none contradicted',
      ]),
    ),
    ...all.flatMap(({ tagmanifest, contradicted, reviewNeeded, decisions }) => [
      ...contradicted
        .filter(({ question }) => reviewNeeded.includes(question))
        .map(({ question, about }) => `review needed: ${tagmanifest.slice(0, 16)}: ${question}: ${about}`),
      ...decisions.map(
        ({ at, name, role, questions, decided }) =>
          `decided: ${tagmanifest.slice(0, 16)}: ${questions.join(', ')}: ${decided} (${name}, ${role}, ${at})`,
      ),
    ]),
    '',
  ].join('\n');
  const value = {
    asOf: judgement.asOf,
    releases: all.map(({ tagmanifest, at, statement, contradicted, reviewNeeded, decisions }) => ({
      ...{ draft: tagmanifest, profile: statement.draft.profile, asOf: statement.draft.asOf, releasedAt: at },
      ...{ by: statement.name, role: statement.role, accepted: statement.accepted, left: statement.left },
      ...{ contradicted, reviewNeeded },
      decisions: decisions.map(({ at: on, name, role, questions, decided }) => ({
        ...{ at: on, by: name, role, questions, decided },
      })),
    })),
  };
  return { text, value };
};
