import { describe, expect, test } from 'vitest';
import { controls } from '../../controls/index.ts';
import { frameworks } from '../../controls/framework.ts';
import { groupOf } from '../../controls/groups.ts';
import { forbidden } from './forbidden.ts';

/** How each framework numbers its requirements, and how many of them concern a company that our sources are read of. */
const forms: Readonly<Record<string, { readonly id: RegExp; readonly count: number }>> = {
  soc2: { id: /^(CC|A|C|PI|P)\d\.\d$/, count: 61 },
  csf20: { id: /^(GV|ID|PR|DE|RS|RC)\.[A-Z]{2}-\d\d$/, count: 106 },
  // The moderate baseline of SP 800-53B, and eight controls beside it that tests bear on.
  nist80053r5: { id: /^[A-Z]{2}-\d{1,2}(\(\d{1,2}\))?$/, count: 294 },
  cis81: { id: /^([1-9]|1[0-8])\.\d{1,2}$/, count: 153 },
  hipaa: { id: /^164\.3(08|10|12|14|16)\([a-e]\)(\(\d\))?(\((i|ii|iii|iv)\))?(\([A-E]\))?$/, count: 61 },
  'iso27001-2022': { id: /^A\.[5-8]\.\d{1,2}$/, count: 93 },
};

describe.each(frameworks.map((framework) => ({ ...framework, framework })))(
  '$id',
  ({ id, requirements, groups }) => {
    const form = forms[id];

    test('counts each requirement in one group, where it has groups', () => {
      const belonging = requirements.map((each) => groupOf(groups, each.id));
      if (groups.length > 0) expect(belonging).not.toContain(undefined);
      expect(new Set(belonging.filter((each) => each !== undefined))).toEqual(new Set(groups));
    });

    test('lists its requirements once each, by ids of its form, the ones without a test among them', () => {
      for (const requirement of requirements) expect(requirement.id).toMatch(form?.id ?? /^$/);
      expect(new Set(requirements.map((each) => each.id)).size).toBe(form?.count);
      expect(requirements).toHaveLength(form?.count ?? 0);
      expect(requirements.some((each) => each.controls.length === 0)).toBe(true);
    });

    test('names every control, each once at a requirement, and none that does not exist', () => {
      const known = controls.map((control) => control.id);
      expect([...new Set(requirements.flatMap((each) => each.controls))].sort()).toEqual([...known].sort());
      for (const requirement of requirements)
        expect(requirement.controls).toEqual([...new Set(requirement.controls)]);
    });

    test('says in few words of its own what is asked, and promises nothing', () => {
      for (const { about } of requirements) {
        expect(about.split(' ').length, about).toBeLessThanOrEqual(13);
        expect(about, about).not.toMatch(forbidden);
      }
    });
  },
);

test('every framework has a form of ids', () => {
  expect(frameworks.map(({ id }) => id).sort()).toEqual(Object.keys(forms).sort());
});
