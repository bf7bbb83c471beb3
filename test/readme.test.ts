import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collectors } from '../collectors/index.ts';
import { compare } from '../evidence-model/subject.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The table as it must stand in README, from the datasets' own declarations. */
function permissionTable(): string {
  const rows = collectors.flatMap(({ title, datasets }) => {
    const uses = new Map<string, string[]>();
    for (const { id, permissions } of datasets)
      for (const permission of permissions)
        uses.set(permission, [...(uses.get(permission) ?? []), `\`${id}\``]);
    return [...uses]
      .sort(([a], [b]) => compare(a, b))
      .map(([permission, used]) => `| ${title} | ${permission} | ${used.join(', ')} |`);
  });
  return ['| source | permission | for |', '| --- | --- | --- |', ...rows].join('\n');
}

test('README names exactly the permissions that the datasets declare', () => {
  const [, found = ''] =
    /<!-- permissions: [^>]*-->\n\n([\s\S]*?)\n\n<!-- \/permissions -->/.exec(readme) ?? [];
  const plain = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
  expect(plain(found)).toBe(permissionTable());
});

test('README has one command for the demo and one for the tests', () => {
  expect(readme).toContain('npm ci && npm run demo');
  expect(readme).toContain('npm ci && npm test');
});
