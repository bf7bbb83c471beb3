import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { entryOf, stampedBy } from '../../exports/bag.ts';
import { signFile } from '../../exports/sshsig.ts';
import type { Report } from '../../exports/verify/report.ts';
import { ZipReader } from '../../exports/verify/zip-reader.ts';
import { writeZip } from '../../exports/zip.ts';
import { loadKeys } from '../../vault/keys.ts';

/** The files of a packet by path, to be changed and packed again. */
export type Files = Map<string, Buffer>;

export async function filesOf(path: string): Promise<Files> {
  const zip = await ZipReader.open(path);
  const files: Files = new Map();
  for (const name of zip.paths) files.set(name, await zip.read(name));
  await zip.close();
  return files;
}

let counter = 0;
/** Writes files as a packet again, in the order that we write them. */
export async function packedIn(dir: string, files: Files): Promise<string> {
  counter += 1;
  const path = join(dir, `tampered-${counter}.zip`);
  onTestFinished(() => rm(path, { force: true }));
  const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  await writeZip(
    path,
    entries.map(([name, bytes]) => entryOf(name, bytes)),
  );
  return path;
}

/** What an insider with the packet key can do: lists and signature are made to fit again. */
export async function resignedWith(files: Files, keys: string): Promise<Files> {
  // What others stamped was another list: it would only tell.
  for (const name of [...files.keys()]) if (stampedBy(name) !== null) files.delete(name);
  const list = (data: boolean) =>
    [...files]
      .filter(([name]) => name.startsWith('data/') === data && !name.startsWith('tagmanifest'))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, bytes]) => `${digest(bytes)}  ${name}\n`)
      .join('');
  files.set('manifest-sha256.txt', Buffer.from(list(true)));
  files.set('tagmanifest-sha256.txt', Buffer.from(list(false)));
  const { packet } = await loadKeys(keys);
  files.set(
    'tagmanifest-sha256.txt.sig',
    Buffer.from(signFile(files.get('tagmanifest-sha256.txt')!, packet)),
  );
  return files;
}

export function edit(files: Files, name: RegExp, from: string | RegExp, to: string): void {
  const [path, bytes] =
    [...files].find(([each, content]) => name.test(each) && new RegExp(from).test(content.toString())) ?? [];
  if (path === undefined || bytes === undefined) throw new Error(`no ${name.source} holds ${String(from)}`);
  files.set(path, Buffer.from(bytes.toString().replace(from, to)));
}

export const failures = ({ checks }: Report) => checks.filter(({ ok }) => !ok).map(({ id }) => id);
