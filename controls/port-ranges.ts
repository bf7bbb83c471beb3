/**
 * Which of these ports a rule such as `tcp 22-22`, `udp 0-65535` or `all` is about; `null` where it is not understood.
 * Protocols without ports, such as ICMP, reach none of them.
 */
export function portsWithin(rule: string, ports: readonly number[]): readonly number[] | null {
  if (rule === 'all') return ports;
  const [protocol = '', range] = rule.split(' ');
  if (!carriesPorts.has(protocol.toLowerCase())) return protocol === '' ? null : [];
  const [, from, to] = /^(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (from === undefined || to === undefined) return range === undefined ? ports : null;
  return ports.filter((port) => Number(from) <= port && port <= Number(to));
}

/** By name, or by the number that stands for it. https://www.iana.org/assignments/protocol-numbers */
const carriesPorts = new Set(['tcp', '6', 'udp', '17']);
