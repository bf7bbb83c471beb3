import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Who may import whom: the table of ARCHITECTURE.md as data. A folder may always import itself. What is not named is
 * forbidden, packages too; `node:` alone allows every module of Node.
 */
const table: Readonly<Record<string, readonly string[]>> = {
  'evidence-model': ['zod', 'node:crypto'],
  collectors: [
    'evidence-model',
    'zod',
    'node:',
    '@octokit/',
    '@microsoft/microsoft-graph-client',
    '@azure/msal-node',
    'universal-github-app-jwt',
    '@aws-sdk/',
    '@smithy/',
    'csv-parse',
    'dns-packet',
    'tldts',
  ],
  vault: ['evidence-model', 'zod', 'node:'],
  controls: ['evidence-model', 'zod'],
  exports: [
    ...['evidence-model', 'controls', 'vault', 'zod', 'node:'],
    ...['archiver', 'csv-parse', 'fflate', 'fontkit', 'pdfkit'],
  ],
  scheduler: ['evidence-model', 'collectors', 'vault', 'controls', 'exports', 'zod', 'node:', 'p-limit'],
  demo: ['evidence-model', 'node:', '@peculiar/', 'graphql', 'dns-packet'],
  service: [
    'csv-parse',
    'evidence-model',
    'collectors',
    'vault',
    'controls',
    'exports',
    'scheduler',
    'zod',
    'node:',
    'commander',
    'yaml',
    'hono',
    '@hono/',
    'node-cron',
    'pino',
  ],
  packaging: ['evidence-model', 'collectors', 'exports', 'node:', 'rolldown'],
};

/** Doors that are open on purpose, each for these files only. */
const doors: readonly { readonly files: RegExp; readonly imports: RegExp }[] = [
  // The verifier derives records again, with the pure half of the datasets; never with a session.
  { files: /^exports\/verify\//, imports: /^collectors\/(index|derive|dataset|collector)\.ts$/ },
  { files: /^service\/commands\/demo\.ts$/, imports: /^demo\// },
  // Whoever keeps deposits is reached from this folder, over the network that it is handed; mail has a way of its own.
  { files: /^vault\/outside\//, imports: /^(nodemailer|node:tls|@aws-sdk\/client-s3)$/ },
];

/** Never, whatever the table says. */
const never: readonly { readonly files: RegExp; readonly imports: RegExp; readonly why: string }[] = [
  {
    files: /^vault\/(?!outside\/)/,
    imports: /^(node:(http|https|net|tls|dgram|dns)|vault\/outside\/.*)$/,
    why: 'the vault has no network but in outside/',
  },
  {
    files: /^vault\/outside\//,
    imports: /^node:(http|https|net|dgram|dns)$/,
    why: 'the way out is handed in',
  },
  {
    files: /^(exports|controls|evidence-model)\//,
    imports: /^node:(http|https|net|tls|dgram|dns)$/,
    why: 'what judges and packs has no network',
  },
  { files: /^collectors\//, imports: /^node:fs/, why: 'collectors have no disk' },
];

export function violations(file: string, source: string): string[] {
  const folder = file.split('/')[0] ?? '';
  const allowed = table[folder] ?? [];
  const found: string[] = [];
  for (const specifier of importsOf(source)) {
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
    const banned = never.find(({ files, imports }) => files.test(file) && imports.test(target));
    if (banned) found.push(`${file} imports ${target}: ${banned.why}`);
    else if (
      target.split('/')[0] === folder ||
      doors.some(({ files, imports }) => files.test(file) && imports.test(target))
    )
      continue;
    else if (
      !allowed.some(
        (name) =>
          target === name || target.startsWith(name.endsWith('/') || name.endsWith(':') ? name : `${name}/`),
      )
    )
      found.push(`${file} imports ${target}`);
  }
  const [, collector] = /^collectors\/([^/]+)\/[^/]+$/.exec(file) ?? [];
  if (collector !== undefined && collector !== 'transport')
    for (const specifier of importsOf(source)) {
      const [, other] = /^collectors\/([^/]+)\//.exec(posix.join(posix.dirname(file), specifier)) ?? [];
      if (specifier.startsWith('.') && other !== undefined && other !== collector && other !== 'transport')
        found.push(`${file} imports another collector, ${other}`);
    }
  return found;
}

/** Static and dynamic imports, and re-exports. */
function importsOf(source: string): string[] {
  const patterns = [
    /^(?:import|export)\s(?:type\s)?[\w*{][^'";=()]*\sfrom\s+'([^']+)'/gm,
    /^import\s+'([^']+)'/gm,
    /\bimport\('([^']+)'\)/g,
  ];
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, specifier = '']) => specifier));
}

const files = Object.keys(table).flatMap((folder) => globSync(`${folder}/**/*.ts`));

describe('who may import whom', () => {
  test('every folder of the product has files', () => {
    for (const folder of Object.keys(table))
      expect(
        files.some((file) => file.startsWith(`${folder}/`)),
        folder,
      ).toBe(true);
  });

  test('no file imports what its folder may not', () => {
    expect(files.flatMap((file) => violations(file, readFileSync(file, 'utf8')))).toEqual([]);
  });

  test.each([
    ['controls/rules/x.ts', "import { readFileSync } from 'node:fs';"],
    ['controls/rules/x.ts', "import { github } from '../../collectors/github/index.ts';"],
    ['collectors/github/x.ts', "import { trails } from '../aws/trails.ts';"],
    ['collectors/github/x.ts', "const vault = await import('../../vault/files.ts');"],
    ['collectors/aws/x.ts', "import { writeFile } from 'node:fs/promises';"],
    ['vault/x.ts', "import { request } from 'node:https';"],
    ['vault/x.ts', "import { askForStamp } from './outside/time-stamp-client.ts';"],
    ['vault/x.ts', "import { createTransport } from 'nodemailer';"],
    ['vault/outside/x.ts', "import { request } from 'node:https';"],
    ['exports/files/x.ts', "import { derive } from '../../collectors/derive.ts';"],
    ['exports/verify/x.ts', "import { connect } from '../../collectors/github/session.ts';"],
    ['scheduler/x.ts', "import { main } from '../service/main.ts';"],
    ['service/serve.ts', "import { startDemo } from '../demo/index.ts';"],
    ['evidence-model/x.ts', "export * from '../controls/control.ts';"],
  ])('a seeded violation is found: %s %s', (file, source) => {
    expect(violations(file, source)).toHaveLength(1);
  });

  test.each([
    ['exports/verify/x.ts', "import { derive } from '../../collectors/derive.ts';"],
    ['service/commands/demo.ts', "const { startDemo } = await import('../../demo/index.ts');"],
  ])('an open door stays open: %s', (file, source) => {
    expect(violations(file, source)).toEqual([]);
  });
});
