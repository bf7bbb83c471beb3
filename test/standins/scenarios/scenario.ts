import { z } from 'zod';
import type { Told } from '../../controls/support.ts';
import { sample } from '../../support/samples.ts';

/** What a check of others is tried on, and what it says then. Whatever the sample could not tell stands in `<…>`. */
const Scenario = z.object({
  id: z.string(),
  provider: z.enum(['aws', 'github', 'm365']),
  check: z.string(),
  scenario: z.string(),
  /** How many verdicts there are; where the sample does not know, a formula or nothing. */
  expected_findings: z.union([z.number(), z.string()]).nullish(),
  /** The verdicts that the scenario insists on, which may be fewer. */
  expected_status: z.array(z.enum(['PASS', 'FAIL', 'MANUAL'])),
  tenant_state: z.record(z.string(), z.unknown()).optional(),
  aws_setup_calls: z.array(z.tuple([z.string(), z.record(z.string(), z.unknown())])).optional(),
});
export type Scenario = z.output<typeof Scenario>;

export function scenarios(): readonly Scenario[] {
  return z.array(Scenario).parse(sample('check-scenarios/scenarios.json'));
}

/** A check of others that a control of ours is about, too. */
export interface Check {
  readonly check: string;
  readonly control: string;
  /** Where the check has another threshold, or ours asks for more than it is about. */
  readonly parameters?: (scenario: Scenario) => Readonly<Record<string, unknown>>;
  /** The scenario as records; `null` where the sample does not hold what it is about. */
  readonly world: (scenario: Scenario) => readonly Told[] | null;
  /** Which of our verdicts are about what theirs are about, by the id of the subject; without it, the result as a whole. */
  readonly about?: (subject: string, scenario: Scenario) => boolean;
  /** What the name of a scenario says where its verdicts are not in the sample. */
  readonly named?: (scenario: Scenario) => readonly Scenario['expected_status'][number][];
}
