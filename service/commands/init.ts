import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { ConfigFile, editorSchema } from '../config/schema.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';
import { makeFolder, openWorkspace } from '../workspace.ts';

const example = new URL('../../exhibit.example.yaml', import.meta.url);

/** `exhibit init`: a commented configuration, its JSON Schema for editors, keys, vault and trust anchors. */
export async function init(
  context: Context,
  { name, slug }: { readonly name?: string; readonly slug?: string },
): Promise<number> {
  const { configFile, surroundings } = context;
  const { collectors } = await context.registry();
  const organization = organizationOf(name, slug);
  await makeFolder(dirname(configFile));
  const template = await readFile(example, 'utf8');
  const named = template
    .replace('name: Example Company', () => `name: ${JSON.stringify(organization.name)}`)
    .replace('slug: example', () => `slug: ${JSON.stringify(organization.slug)}`);
  const made = {
    configuration: await writeNew(configFile, named),
    schema: await writeNew(
      join(dirname(configFile), 'exhibit.schema.json'),
      `${JSON.stringify(editorSchema(collectors), null, 2)}\n`,
    ),
  };

  const configuration = await context.configuration();
  const { vault } = await openWorkspace(configuration, surroundings);
  await vault.close();
  const { paths } = configuration;
  context.print(
    [
      `${made.configuration ? 'made' : 'kept'}  ${configFile}`,
      `${made.schema ? 'made' : 'kept'}  ${join(dirname(configFile), 'exhibit.schema.json')}`,
      `ready ${paths.vault}`,
      `ready ${paths.keys}: back them up, apart from the vault; without them it cannot be continued`,
      `ready ${paths.trust}: hand this to whoever shall check packets, apart from any packet`,
      `next: edit ${configFile}, put the secrets where it says, then run exhibit doctor`,
      '',
    ].join('\n'),
    { made, config: configFile, ...paths },
  );
  return exit.done;
}

/** What the configuration will say, checked before anything is written: a bad file would stay. */
function organizationOf(name = 'Example Company', slug = 'example'): ConfigFile['organization'] {
  const checked = ConfigFile.shape.organization.safeParse({ name, slug });
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new OperatorError(`--${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/** Writes a file that does not exist yet; says whether it did. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'EEXIST') return false;
    throw new OperatorError(
      `${path} cannot be written (${code}): let the user that runs Exhibit write there`,
    );
  }
}
