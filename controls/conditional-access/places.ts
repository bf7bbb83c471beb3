import { lower, type Policy, type Tenant } from './model.ts';
import { way, type Way } from './way.ts';

/** The addresses that the older settings of MFA trust, which nobody can read: https://learn.microsoft.com/entra/identity/conditional-access/concept-assignment-network */
export const olderTrusted = '00000000-0000-0000-0000-000000000000';

/** Sign-ins from places that a policy does not hold for; `null` where it holds for all. */
export function elsewhere(
  { includeLocations, excludeLocations }: Pick<Policy, 'includeLocations' | 'excludeLocations'>,
  { places, morePlaces }: Pick<Tenant, 'places' | 'morePlaces'>,
): readonly Way[] | null {
  const included = lower(includeLocations);
  const excluded = lower(excludeLocations);
  if (included.size === 0 && excluded.size === 0) return null;
  // What was deleted is nowhere; what was not read may be anywhere.
  const exists = (id: string) => places.has(id) || id === olderTrusted || morePlaces !== null;
  const ids = (of: ReadonlySet<string>) =>
    [...of].filter((id) => id !== 'all' && id !== 'alltrusted' && exists(id));
  const ways: Way[] = [];
  if (!included.has('all'))
    ways.push(way({ outside: new Set(ids(included)), trusted: included.has('alltrusted') ? false : null }));
  if (excluded.has('all')) ways.push(way({}));
  if (excluded.has('alltrusted')) ways.push(way({ trusted: true }));
  for (const id of ids(excluded))
    ways.push(way({ inside: new Set([id]), trusted: isTrusted(id, places) ? true : null }));
  return ways;
}

const isTrusted = (id: string, places: Tenant['places']) =>
  id === olderTrusted || places.get(id)?.trusted === true;

/** Why it is not certain that there is such a place; `null` where there is. What holds of a way holds of all its parts. */
export function placeDoubt(
  { inside, outside, trusted }: Way,
  { places }: Pick<Tenant, 'places'>,
): string | null {
  const [id, ...more] = inside;
  if (![...inside, ...outside].every((each) => places.has(each))) return 'a place that it names was not read';
  if (id === undefined) {
    if (trusted === true && ![...places].some(([each, place]) => place.trusted && !outside.has(each)))
      return 'no other named place is trusted, and which addresses the older settings trust is not read';
    return outside.size > 1 && [...outside].some((each) => places.get(each)?.elsewhere === true)
      ? 'whether these places leave any other is not judged'
      : null;
  }
  const apart = more.length === 0 && outside.size === 0 && (trusted === null || isTrusted(id, places));
  return apart ? null : 'whether an address of one of these places lies in another is not judged';
}
