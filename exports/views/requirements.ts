import type { Framework } from '../../controls/framework.ts';
import { ranking, worst } from '../../controls/finding.ts';
import { groupOf, type Group } from '../../controls/groups.ts';
import type { Result } from '../../controls/result.ts';
import type { Text } from '../documents/document.ts';
import type { Packet } from '../exporter.ts';
import { statuses } from '../files/start-facts.ts';

/** What no test of ours looks at. It stands in every view: what is left out would be taken for not being asked. */
export const untested = 'not tested by Exhibit';

type Requirement = Framework['requirements'][number];

/** One requirement with the tests that bear on it. It has no result of its own. */
export interface Viewed extends Requirement {
  readonly group: Group;
  readonly tests: readonly Result[];
}

export interface View {
  readonly framework: Framework;
  readonly requirements: readonly Viewed[];
  /** Every test that bears on any of them. */
  readonly bearing: ReadonlySet<string>;
}

/** A framework as it is told by what was judged. Throws where there is none of that id, or a requirement has no group. */
export function viewOf({ frameworks, judgement }: Packet, id: string): View {
  const framework = frameworks.find((each) => each.id === id);
  if (!framework) throw new Error(`there is no framework ${id}`);
  const requirements = framework.requirements.map((requirement): Viewed => {
    const group = groupOf(framework.groups, requirement.id);
    if (!group) throw new Error(`${requirement.id} of ${id} is in no group`);
    const tests = judgement.results.filter(({ control }) => requirement.controls.includes(control));
    return { ...requirement, group, tests };
  });
  return {
    ...{ framework, requirements },
    bearing: new Set(requirements.flatMap(({ tests }) => tests.map(({ control }) => control))),
  };
}

/** How many tests of a requirement came out in which way, the worst first; that there is none, where there is none. */
export function toldBy(tests: readonly Result[]): string {
  if (tests.length === 0) return untested;
  const counted = ranking.flatMap((status) => {
    const count = tests.filter((test) => test.status === status).length;
    return count > 0 ? [`${count} ${statuses[status].word.toLowerCase()}`] : [];
  });
  return `${tests.length} ${tests.length === 1 ? 'test' : 'tests'}: ${counted.join(', ')}`;
}

/** The same as people read it on a page, marked by its worst test. */
export function toldText(tests: readonly Result[]): Text {
  const style = tests.length === 0 ? 'soft' : statuses[worst(tests.map(({ status }) => status))].tone;
  return [{ text: toldBy(tests), style }];
}
