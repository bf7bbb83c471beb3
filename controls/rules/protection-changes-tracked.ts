import { z } from 'zod';
import { AuditEvent, DirectoryChange } from '../../evidence-model/kinds.ts';
import { controlOverParts, need } from '../control.ts';
import { any, fail, noData, notApplicable, pass, unless } from '../finding.ts';
import { directoryChanges, githubChanges, githubUndoing } from '../weakening-changes.ts';

const hourMs = 3_600_000;
const unexplained = 'and no exception in force explains it';

export const protectionChangesTracked = controlOverParts({
  id: 'protection-changes-tracked',
  severity: 'high',
  assertion:
    'Every change of a safeguard in the 30 days up to each reading, of the kinds that Exhibit lists, that the audit log of a connected GitHub organisation or the directory log of a connected Microsoft 365 tenant told, was wholly undone within the hours that the policy allows (24 unless it says otherwise). What a change made of a rule is not in these logs, so that a rule that was changed or made again is not taken for undone. Changes in AWS were not read.',
  board: 'Safeguards are often switched off "for a minute".',
  remedy:
    'Put the safeguard back; or write down, as an exception that names the change by its id, who made it, why, and who agreed.',
  collectors: ['github', 'microsoft365'],
  population: 'changes of safeguards in the last 30 days, as the logs tell them',
  parameters: z.strictObject({ undoneWithinHours: z.number().min(1).default(24) }),
  days: 30,
  parts: (part) => [
    part({
      collectors: ['github'],
      over: need(AuditEvent, ['at', 'action', 'repository'], undefined, {
        action: Object.keys(githubChanges),
      }),
      related: {
        undoing: need(
          AuditEvent,
          ['at', 'action'],
          { repository: 'repository' },
          { action: Object.values(githubUndoing) },
        ),
      },
      test: (change, { loggedTo, related, open, parameters: { undoneWithinHours: hours } }) =>
        change.given(['at', 'action', 'repository'], ({ at, action, repository }) => {
          const where = repository === 'none' ? '' : ` in ${repository}`;
          const told = `${githubChanges[action] ?? action}${where} on ${at.slice(0, 10)}`;
          const by = githubUndoing[action];
          if (by === undefined) return fail(`${told}, ${unexplained}`);
          const left = Date.parse(at) + hours * hourMs;
          const undone = related('undoing').map((event) =>
            event.given(['at', 'action'], (other) => {
              const time = Date.parse(other.at);
              return other.action === by && time > Date.parse(at) && time <= left
                ? pass(`${told}, and was switched on again within ${hours} hours`)
                : fail('');
            }),
          );
          // What happened since the log was read is not known.
          const still =
            left > Date.parse(loggedTo)
              ? noData(`${told}, and the ${hours} hours in which it may be undone were not over`)
              : fail(`${told}, was not undone within ${hours} hours, ${unexplained}`);
          return unless(
            open('undoing'),
            any(
              undone.filter(({ status }) => status !== 'fail'),
              still,
            ),
          );
        }),
    }),
    part({
      collectors: ['microsoft365'],
      over: need(DirectoryChange, ['at', 'activity', 'succeeded', 'targets'], undefined, {
        activity: Object.keys(directoryChanges),
      }),
      related: {},
      test: (change) =>
        change.given(['at', 'activity', 'succeeded'], ({ at, activity, succeeded }) => {
          if (!succeeded) return notApplicable('somebody tried, and was refused');
          const target = change.given(['targets'], ({ targets }) => pass(targets.join(', ')));
          const what = target.status === 'pass' && target.reason !== '' ? ` (${target.reason})` : '';
          return fail(
            `${directoryChanges[activity] ?? activity}${what} on ${at.slice(0, 10)}, ${unexplained}`,
          );
        }),
    }),
  ],
});
