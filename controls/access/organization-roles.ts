import { z } from 'zod';
import { isUnknown } from '../../evidence-model/unknown.ts';
import type { View } from '../control.ts';
import { fieldOf, untold, type Standing, type Told } from './facts.ts';
import said from './organization-roles.json' with { type: 'json' };

type Level = Exclude<Standing['privilege'], object>;

const levels = ['administrator', 'writer', 'ordinary'] as const satisfies Level[];
/** What GitHub's own roles over an organisation let their holders do, and what the permissions that make up others do. */
const { predefined, permissions } = z
  .strictObject({
    /** https://docs.github.com/organizations/managing-peoples-access-to-your-organization-with-roles/roles-in-an-organization */
    predefined: z.record(z.string(), z.enum(levels)),
    /** https://docs.github.com/enterprise-cloud@latest/organizations/managing-peoples-access-to-your-organization-with-roles/permissions-of-custom-organization-roles */
    permissions: z.record(z.enum(levels), z.array(z.string())),
  })
  .parse(said);

const meant = new Map(levels.flatMap((level) => permissions[level].map((each) => [each, level] as const)));

/** What a role gives of every repository there is. */
const bases: Readonly<Record<string, Level>> = {
  none: 'ordinary',
  read: 'ordinary',
  triage: 'ordinary',
  write: 'writer',
  maintain: 'writer',
  admin: 'administrator',
};

/**
 * What a role over an organisation makes of its holder: GitHub's own by their name, all others by what they give of
 * every repository and by their permissions. What is not told, or not known here, makes nobody anything.
 */
export function levelOf(
  role: View<{
    readonly name: string;
    readonly builtIn: boolean;
    readonly base: string;
    readonly attachedPolicies: string[];
  }>,
): Told<Level> {
  const name = fieldOf(role, 'name');
  const builtIn = fieldOf(role, 'builtIn');
  const known = builtIn === true && !isUnknown(name) ? predefined[name] : undefined;
  if (known !== undefined) return known;
  const base = fieldOf(role, 'base');
  const held = fieldOf(role, 'attachedPolicies');
  const called = isUnknown(name) ? role.id : name;
  const parts: readonly Told<Level>[] = [
    isUnknown(base) ? base : (bases[base] ?? untold(`what ${base} in every repository lets do is not known`)),
    ...(isUnknown(held)
      ? [held]
      : held.map(
          (each) =>
            meant.get(each) ??
            untold(`what ${each}, a permission of the organisation role ${called}, lets do is not known`),
        )),
    // What one of GitHub's own gives beside, its pages alone tell.
    ...(isUnknown(builtIn) ? [builtIn] : []),
    ...(builtIn === true ? [untold(`what GitHub’s organisation role ${called} lets do is not known`)] : []),
  ];
  if (parts.includes('administrator')) return 'administrator';
  return parts.find(isUnknown) ?? (parts.includes('writer') ? 'writer' : 'ordinary');
}
