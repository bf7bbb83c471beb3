import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';

const TokenFile = z.strictObject({ v: z.literal(1), sha256: Digest, createdAt: z.iso.datetime() });

/** Says whether a text is the token, in a time that does not depend on how much of it is right. */
export type TokenCheck = (text: string) => boolean;

/**
 * The check of the bearer token. At the first start a token is made and handed out here, once; only its SHA-256 is
 * kept, in `token.json` of the state folder.
 */
export async function openToken(
  state: string,
  { randomBytes, now }: { randomBytes: (count: number) => Uint8Array; now: () => Date },
): Promise<{ readonly check: TokenCheck; readonly made: string | null }> {
  const path = join(state, 'token.json');
  const kept = await readKept(path);
  if (kept !== null) return { check: checkOf(kept), made: null };

  const made = Buffer.from(randomBytes(32)).toString('base64url');
  const file = { v: 1, sha256: sha256(made).toString('hex'), createdAt: now().toISOString() };
  try {
    await mkdir(state, { recursive: true, mode: 0o700 });
    const handle = await open(path, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(file)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new OperatorError(
      `${path} cannot be written (${codeOf(error)}): let the user that runs Exhibit write to the state folder`,
    );
  }
  return { check: checkOf(file.sha256), made };
}

async function readKept(path: string): Promise<string | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new OperatorError(
      `${path} cannot be read (${codeOf(error)}): let the user that runs Exhibit read it`,
    );
  }
  const file = TokenFile.safeParse(parsed(text));
  if (!file.success)
    throw new OperatorError(`${path} is damaged: remove it, and the next start makes a new token`);
  return file.data.sha256;
}

function checkOf(hex: string): TokenCheck {
  const wanted = Buffer.from(hex, 'hex');
  return (text) => timingSafeEqual(sha256(text), wanted);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
