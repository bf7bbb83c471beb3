import { randomBytes } from 'node:crypto';
import { openNetwork } from '../../collectors/transport/network.ts';
import { foundAuthority, startAuthority } from '../../demo/time-stamps/authority.ts';
import { stampingBy, type StampTold } from '../../vault/outside/stamping.ts';
import type { Authority } from '../../vault/time-stamp/authority.ts';
import { readPem } from '../../vault/time-stamp/certificate.ts';

/** An authority on loopback whose clock is given, and somebody who asks it and perhaps another, by a clock of their own. */
export async function localStamping(
  now: () => Date,
  ids: readonly string[] = ['local'],
  ours: () => Date = now,
) {
  const network = openNetwork({ environment: {}, authorities: [] });
  const told: StampTold[] = [];
  const signal = new AbortController().signal;
  const servers = new Map<string, Awaited<ReturnType<typeof startAuthority>>>();
  const authorities: Authority[] = [];
  // Certificates look at the real time alone, so that a night of long ago has an authority, too.
  for (const id of ids) {
    const server = await startAuthority(foundAuthority(now(), 'ec', id), now);
    servers.set(id, server);
    const { url, root } = server;
    authorities.push({ id, url: new URL(url), roots: root, anchors: readPem(root), policy: null });
  }
  return {
    told,
    authorities,
    stamping: stampingBy(authorities, { wire: network, randomBytes, signal, now: ours }, (each) =>
      told.push(each),
    ),
    /** How often it was asked. */
    asked: (id = 'local') => servers.get(id)?.server.log.length ?? 0,
    /** What an authority answers, if anything: a fault in the place of a stamp. */
    busy: (id = 'local') => {
      servers.get(id)?.server.faults.add({ fault: { kind: 'answer', status: 503 } });
    },
    well: (id = 'local') => servers.get(id)?.server.faults.clear(),
    async close() {
      network.close();
      await Promise.all([...servers.values()].map(({ server }) => server.close()));
    },
  };
}
