import { Account } from '../../evidence-model/kinds.ts';
import type { positions } from './log-lines.ts';
import type { Watched } from './watched.ts';

/** Something that is so of people and changes when they move within the company. */
export interface Trait extends Watched {
  readonly id: keyof typeof positions;
  readonly tells: string;
}

const ofPeople = { collector: 'microsoft365', kind: Account.name } as const;

export const traits: readonly Trait[] = [
  { ...ofPeople, id: 'department', tells: 'department' },
  { ...ofPeople, id: 'jobTitle', tells: 'jobTitle' },
];
