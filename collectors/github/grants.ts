import type { GrantDocument } from '../collector.ts';
import type { Dataset } from '../dataset.ts';
import { appPermissions } from './app-permissions.ts';

/**
 * The manifest of an App that may read what these datasets need and nothing else, and is told of no events. `url` is
 * any page about it; GitHub asks for one.
 * https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest#github-app-manifest-parameters
 */
export function grants(datasets: readonly Dataset[]): readonly GrantDocument[] {
  const names = datasets.flatMap(({ permissions }) =>
    permissions.flatMap((each) => appPermissions[each] ?? []),
  );
  const unique = [...new Set(names)].sort();
  const manifest: GrantDocument = {
    id: 'app',
    title: 'As the manifest of a GitHub App',
    content: {
      name: 'Exhibit evidence reader',
      url: 'https://example.com/about-exhibit',
      hook_attributes: { url: 'https://example.com/unused', active: false },
      public: false,
      default_permissions: Object.fromEntries(unique.map((name) => [name, 'read'])),
      default_events: [],
    },
  };
  return [manifest];
}
