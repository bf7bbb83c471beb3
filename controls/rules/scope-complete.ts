import { z } from 'zod';
import { FoundSystem } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, pass } from '../finding.ts';

export const scopeComplete = control({
  id: 'scope-complete',
  severity: 'high',
  assertion:
    'At each reading, each other system that what was read of connected sources tells of (who signs people in for federated domains, for the GitHub organisation and for AWS accounts, other parties’ second factors, ways in for guests, hosts that take in mail, a directory on premises, GitHub Apps, AWS accounts that roles let in or that belong to the organisation and are not in use) was connected, a part of a connected one, or declared, by its name or by a pattern that it is of, as read by hand or not read, by a named person on a day. Systems of which nothing that was read tells are not part of this statement.',
  board: 'An answer about everything must know what everything is.',
  remedy:
    'Declare each listed system under `systems`, with what it is called here under `covers`: connected, read by hand, or not read.',
  collectors: ['github', 'microsoft365', 'aws'],
  population: 'other systems that the evidence tells of',
  parameters: z.strictObject({}),
  over: need(FoundSystem, ['told', 'state', 'basis']),
  related: {},
  test: (system) =>
    system.given(['told', 'state', 'basis'], ({ told, state, basis }) => {
      if (state === 'undeclared') return fail(`${told}; ${basis}`);
      if (state === 'absent') return fail(`${told}, and it is declared absent: ${basis}`);
      const how = {
        connected: 'it is connected',
        'by-hand': 'it is read by hand',
        'not-read': 'it is not read',
      };
      return pass(`${told}; ${how[state]}: ${basis}`);
    }),
});
