import { table } from '../output/table.ts';
import type { View } from './view.ts';

/** Where something goes beside the sources, and what. */
export const egress: View = async ({ configuration }) => {
  const ways = {
    wire: { send: () => Promise.reject(new Error('nothing is sent to tell where it would go')) },
    now: () => new Date(0),
    signal: new AbortController().signal,
    authorities: [],
  };
  const rows = [
    ...(await configuration.timeStamps()).map(({ id, url }) => ({
      host: url.host,
      for: `time stamps of ${id}`,
      what: 'SHA-256 digests of checkpoints and packets',
    })),
    ...(await configuration.deposits(ways)).flatMap(({ id, kind, hosts }) =>
      hosts.map((host) => ({
        host,
        for: `deposit ${id} (${kind})`,
        what: 'signed checkpoints: the name of the vault, a number of lines, digests; with their time stamps',
      })),
    ),
  ];
  return {
    value: { egress: rows },
    text:
      table(
        ['host', 'for', 'what goes there'],
        rows.map((row) => [row.host, row.for, row.what]),
      ) || 'nothing goes anywhere but to the sources\n',
  };
};
