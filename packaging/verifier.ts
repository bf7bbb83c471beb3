import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { rolldown, type Plugin } from 'rolldown';
import { collectors } from '../collectors/index.ts';
import { bookDigest, collectorDigest, exporterDigest, rulesDigest } from '../exports/code-digest.ts';
import { fontFile } from '../exports/documents/pdf/font-files.ts';

/*
 * Puts `exhibit verify` with all that it needs into one file, which Node runs where nothing is installed:
 * `node packaging/verifier.ts [FOLDER]`, `dist` unless told. The same sources give the same bytes.
 */
export const fileName = 'exhibit-verify.mjs';
const program = fileURLToPath(new URL('../', import.meta.url));

/** What of Node the verifier uses came with this version. */
const oldestNode = 22;

const head = `#!/usr/bin/env node
// Exhibit's verifier in one file. The licences of what it holds stand beside it in exhibit-verify.licences.txt.
if (Number(process.versions.node.split('.')[0]) < ${oldestNode}) {
  console.error(\`exhibit-verify needs Node ${oldestNode} or newer; this is \${process.version}\`);
  process.exit(2);
}
`;

if (import.meta.main) {
  const path = await buildVerifier(process.argv[2] ?? join(program, 'dist'));
  const sum = createHash('sha256').update(await readFile(path));
  process.stdout.write(`${sum.digest('hex')}  ${path}\n`);
}

/** Writes the file and the licences of what it holds into a folder; gives the path of the file. */
export async function buildVerifier(folder: string): Promise<string> {
  const bundle = await rolldown({
    input: join(program, 'service/verifier.ts'),
    platform: 'node',
    plugins: [embedded(await digestsText(), fontsText())],
    // What a package asks for and has not is asked for at run time, where it goes without.
    onLog: (level, log, handle) => {
      if (level === 'warn') throw new Error(`${log.code ?? ''}: ${log.message}`);
      handle(level, log);
    },
  });
  const { output } = await bundle.generate({
    format: 'esm',
    minify: true,
    codeSplitting: false,
    comments: false,
  });
  await bundle.close();
  const [chunk, ...others] = output;
  if (others.length > 0) throw new Error('the verifier would be more than one file');
  await mkdir(folder, { recursive: true });
  const path = join(folder, fileName);
  await writeFile(path, `${head}${chunk.code}`);
  await writeFile(join(folder, 'exhibit-verify.licences.txt'), await licencesOf(chunk.moduleIds));
  return path;
}

/** The one file has no other files to read: what the program reads of its own files is put into it. */
function embedded(digests: string, fonts: string): Plugin {
  const texts = new Map([
    [join(program, 'exports/code-digest.ts'), digests],
    [join(program, 'exports/documents/pdf/font-files.ts'), fonts],
  ]);
  return {
    name: 'embedded',
    load: (id) => {
      const code = texts.get(id);
      return code === undefined ? null : { code, moduleType: 'js' };
    },
  };
}

/** Of which code it is: that which was read when it was built. */
async function digestsText(): Promise<string> {
  const ofCollectors = await Promise.all(
    collectors.map(async ({ id }) => [id, await collectorDigest(id)] as const),
  );
  return `
const collectors = new Map(${JSON.stringify(ofCollectors)});
export const collectorDigest = async (id) => collectors.get(id);
export const rulesDigest = async () => ${JSON.stringify(await rulesDigest())};
export const bookDigest = async () => ${JSON.stringify(await bookDigest())};
export const exporterDigest = async () => ${JSON.stringify(await exporterDigest())};
`;
}

function fontsText(): string {
  const files = ['DejaVuSansCondensed.ttf', 'DejaVuSansCondensed-Bold.ttf', 'DejaVuSansMono.ttf'];
  const packed = files.map((file) => [file, brotliCompressSync(fontFile(file)).toString('base64')]);
  return `
import { brotliDecompressSync } from 'node:zlib';
const fonts = new Map(${JSON.stringify(packed)});
export const fontFile = (file) => brotliDecompressSync(Buffer.from(fonts.get(file), 'base64'));
`;
}

/** The licences of every package of which something is in the file, and of the fonts. */
async function licencesOf(modules: readonly string[]): Promise<string> {
  const folders = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []));
  folders.add(join(program, 'node_modules/dejavu-fonts-ttf'));
  const texts = await Promise.all([...folders].sort().map(licenceIn));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenceIn(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const files = (await readdir(folder)).filter((file) => /^licen[cs]e|^notice/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version} (${license ?? 'licence in its own words'})\n`, ...texts].join('\n');
}
