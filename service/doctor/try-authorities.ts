import type { Network } from '../../collectors/transport/network.ts';
import { digest } from '../../evidence-model/digest.ts';
import { askForStamp } from '../../vault/outside/time-stamp-client.ts';
import type { Authority } from '../../vault/time-stamp/authority.ts';
import type { Surroundings } from '../surroundings.ts';

/** What came of asking an authority to stamp something that means nothing. */
export interface AuthorityTrial {
  readonly id: string;
  readonly ok: boolean;
  readonly text: string;
}

export function tryAuthorities(
  authorities: readonly Authority[],
  network: Network,
  { now, randomBytes, stop }: Surroundings,
): Promise<AuthorityTrial[]> {
  return Promise.all(
    authorities.map(async (authority) => {
      const { id } = authority;
      const outside = { wire: network, randomBytes, signal: stop };
      const asked = await askForStamp(digest(randomBytes(32)), authority, outside);
      if ('failed' in asked) return { id, ok: false, text: asked.failed };
      const seconds = Math.round(Math.abs(now().getTime() - asked.at.getTime()) / 1000);
      const text = `it stamps, and its clock and that of this machine are ${seconds} s apart`;
      return { id, ok: seconds <= 60, text };
    }),
  );
}
