import { z } from 'zod';
import { PersonAccess } from '../../evidence-model/kinds.ts';
import conflicts from '../conflicting-duties.json' with { type: 'json' };
import { control, need } from '../control.ts';
import { all, fail, noData, notApplicable, pass } from '../finding.ts';

/** What accounts are looked at for: see `controls/access/`. */
const Duty = z.enum([
  'github-owner',
  'aws-administrator',
  'global-administrator',
  'audit-trail-administrator',
]);

const Conflict = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Nobody may hold all of these. */
  duties: z.array(Duty).min(2),
  /** What whoever holds them can do, in words. */
  text: z.string().min(1),
});

export const sodToxicCombinations = control({
  id: 'sod-toxic-combinations',
  severity: 'high',
  assertion:
    'At each reading, nobody held by accounts that could be signed in to, as far as these are tied to people, all the duties that a rule of the policy keeps apart: unless it says otherwise, to own a GitHub organisation and to be an administrator of AWS and Global Administrator of Microsoft 365; or to be an administrator of AWS, also of the AWS account whose trail of all regions records what is done there. An account that nothing ties to anybody was taken for a person of its own. Root users belong to their AWS account and are not part of this statement. Who approves deployments, may pass branch rules by, or reviews access was not judged.',
  board: 'Fraud and accidents need a second pair of eyes.',
  remedy:
    'Divide the duties of whoever is listed, or keep one as a named exception with a review by somebody else.',
  collectors: ['github', 'microsoft365', 'aws'],
  population: 'people who have accounts at connected sources, and accounts that are tied to nobody',
  parameters: z.strictObject({
    conflicts: z.array(Conflict).min(1).default(z.array(Conflict).parse(conflicts)),
  }),
  over: need(PersonAccess, ['ofThePlace', 'duties', 'dutiesKnown']),
  related: {},
  test: (person, { parameters }) =>
    person.given(['ofThePlace', 'duties'], ({ ofThePlace, duties }) => {
      if (ofThePlace) return notApplicable('it belongs to the AWS account itself');
      return all(
        parameters.conflicts.map(({ id, duties: apart, text }) => {
          if (apart.every((duty) => duties.includes(duty)))
            return fail(`${text} (${id}: ${apart.join(', ')})`);
          const rest = person.given(['dutiesKnown'], () => pass('holds no duties that are kept apart'));
          return rest.status === 'pass'
            ? rest
            : noData(
                `whether they hold ${apart.filter((duty) => !duties.includes(duty)).join(', ')} too is not known: ${rest.reason}`,
              );
        }),
      );
    }),
});
