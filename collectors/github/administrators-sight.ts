import type { Scope } from './scope.ts';

/**
 * Throws where the caller does not administer the repository, so that what is not shown is not known not to be there.
 * What an App may is what it was given, which its session holds against every reading before it asks.
 */
export function administratorsSight(
  { databaseId, viewerCanAdminister }: { readonly databaseId: number; readonly viewerCanAdminister: boolean },
  { by }: Scope,
): void {
  if (by !== 'app' && !viewerCanAdminister)
    throw new Error(`only an administrator of repository ${databaseId} is shown it`);
}
