import { z } from 'zod';

/** Who did something, as GraphQL tells it; `null` where the account was deleted. Logins change, numbers do not. */
export const Actor = z.object({ __typename: z.string(), databaseId: z.int().nullish() }).nullable();

/** What to ask of an actor. */
export const actorFields = '__typename ... on User { databaseId } ... on Bot { databaseId }';

/** The id of the account; `gone` where it was deleted, and unknown where it is of another sort than people and programs. */
export function accountOf(actor: z.output<typeof Actor>): string | { unknown: string } {
  if (actor === null) return 'gone';
  return typeof actor.databaseId === 'number'
    ? String(actor.databaseId)
    : { unknown: `GitHub gives no number for an actor that is a ${actor.__typename}` };
}
