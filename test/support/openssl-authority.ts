import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHttp } from '../../demo/http.ts';
import { foundAuthority } from '../../demo/time-stamps/authority.ts';
import type { KeyType } from '../../demo/time-stamps/certificate.ts';

/** A time-stamp authority by somebody else's hand: `openssl ts -reply` behind a small HTTP server. */
export async function startOpensslAuthority(type: KeyType = 'ec') {
  const dir = mkdtempSync(join(tmpdir(), 'exhibit-authority-'));
  const { root, between, signer } = foundAuthority(new Date(), type, 'OpenSSL');
  const file = (name: string, text: string | Buffer) => {
    writeFileSync(join(dir, name), text, { mode: 0o600 });
    return join(dir, name);
  };
  const config = file(
    'tsa.cnf',
    [
      '[tsa]',
      'default_tsa = authority',
      '[authority]',
      `serial = ${file('serial', '01\n')}`,
      'crypto_device = builtin',
      `signer_cert = ${file('signer.pem', signer.pem)}`,
      `certs = ${file('between.pem', between.pem)}`,
      `signer_key = ${file('signer.key', signer.key.export({ type: 'pkcs8', format: 'pem' }))}`,
      'signer_digest = sha256',
      'default_policy = 2.999.1',
      'other_policies = 2.999.2',
      'digests = sha256',
      'accuracy = secs:1',
      'ordering = yes',
      'tsa_name = yes',
      'ess_cert_id_chain = yes',
      'ess_cert_id_alg = sha256',
      '',
    ].join('\n'),
  );
  const answer = (query: Buffer): Buffer => {
    const out = join(dir, 'answer.tsr');
    const args = ['ts', '-reply', '-config', config, '-queryfile', file('query.tsq', query), '-out', out];
    execFileSync('openssl', args, { stdio: 'ignore' });
    return readFileSync(out);
  };
  const server = await startHttp(
    ({ body }) => ({
      status: 200,
      headers: { 'content-type': 'application/timestamp-reply' },
      body: answer(body).toString('latin1'),
      encoding: 'latin1',
    }),
    { now: () => new Date() },
  );
  return {
    url: server.url,
    roots: root.pem,
    answer,
    server,
    async close() {
      await server.close();
      rmSync(dir, { recursive: true });
    },
  };
}

/** What `openssl ts -verify` says of an answer, by these files and as of this time. */
export function opensslAccepts(
  answer: string,
  held: readonly string[],
  anchors: string,
  at: Date,
): Promise<boolean> {
  const time = String(Math.floor(at.getTime() / 1000));
  const args = ['ts', '-verify', ...held, '-in', answer, '-CAfile', anchors, '-attime', time];
  return new Promise((resolve) => execFile('openssl', args, (error) => resolve(error === null)));
}
