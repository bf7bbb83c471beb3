import { frameworks } from '../../controls/framework.ts';
import type { FrameworkDeclarations } from '../../controls/declared/framework-declarations.ts';
import type { Listing } from './declared.ts';

const idsOf = (framework: string, is?: string) =>
  frameworks
    .filter(({ id }) => id === framework)
    .flatMap(({ requirements }) => requirements)
    .filter(({ asks }) => is === undefined || asks === is)
    .map(({ id }) => id);

/** Every id that is named is there, and every source. Throws `OperatorError` where one is not. */
export function checkFrameworks(
  { yaml, at, value: { csf, hipaa, iso27001 } }: Listing<FrameworkDeclarations>,
  sources: ReadonlySet<string>,
): void {
  const wrong = (where: readonly PropertyKey[], what: string) => yaml.error([...at, ...where], what);
  const outcomes = idsOf('csf20');
  for (const of of Object.keys(csf?.targets ?? {}))
    if (!outcomes.some((id) => id === of || id.startsWith(`${of}.`) || id.startsWith(`${of}-`)))
      throw wrong(['csf', 'targets', of], 'NIST CSF 2.0 has no function, category or subcategory of this id');
  for (const [n, { source }] of (hipaa?.systems ?? []).entries())
    if (source !== undefined && !sources.has(source))
      throw wrong(['hipaa', 'systems', n, 'source'], `there is no source ${source}`);
  for (const [n, { signedOn, until }] of (hipaa?.agreements ?? []).entries())
    if (until !== undefined && until < signedOn)
      throw wrong(['hipaa', 'agreements', n, 'until'], 'an agreement cannot end before it is signed');
  const addressable = idsOf('hipaa', 'addressable');
  for (const id of Object.keys(hipaa?.addressable ?? {}))
    if (!addressable.includes(id))
      throw wrong(
        ['hipaa', 'addressable', id],
        'the Security Rule has no addressable specification of this id',
      );
  const annex = idsOf('iso27001-2022');
  for (const id of Object.keys(iso27001?.controls ?? {}))
    if (!annex.includes(id)) throw wrong(['iso27001', 'controls', id], 'Annex A has no control of this id');
}
