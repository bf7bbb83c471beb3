import type { Digest } from '../../evidence-model/digest.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import type { Archive } from '../../vault/vault.ts';

/** One thing that was done to Exhibit itself, or by it beside reading: what an auditor asks of the tool. */
export interface OwnChange {
  readonly t: string;
  /** The line of the ledger that says so, counted from 0; of what only manifests tell, that of the reading. */
  readonly line: number;
  readonly what: string;
  readonly said: string;
}

/** Which program read a kind of source, from which time on. */
export interface ProgramTerm {
  readonly collector: string;
  readonly version: string;
  readonly code: Digest;
  readonly since: string;
}

/** What a ledger and its manifests tell of Exhibit itself, up to where a packet was cut. */
export interface OwnHistory {
  readonly changes: readonly OwnChange[];
  readonly programs: readonly ProgramTerm[];
  /** Since when the keys that sign now do. */
  readonly keysSince: string;
  /** Since when the rules that judge the packet do, and how many judged before them. */
  readonly rules: { readonly since: string; readonly before: number };
  readonly counts: Readonly<
    Record<'interrupted' | 'torn' | 'checked' | 'unsound' | 'made' | 'released' | 'kept' | 'notKept', number>
  >;
}

/** Goes through a ledger once, and through the manifest of each reading for the program that read. */
export async function ownHistory(archive: Archive, lines: readonly LedgerLine[]): Promise<OwnHistory> {
  const changes: OwnChange[] = [];
  const programs: ProgramTerm[] = [];
  const rules: { readonly rules: Digest; readonly since: string }[] = [];
  let exporter: Digest | null = null;
  let plan: Digest | null = null;
  let keysSince = lines[0]?.t ?? '';
  const counts = {
    interrupted: 0,
    torn: 0,
    checked: 0,
    unsound: 0,
    made: 0,
    released: 0,
    kept: 0,
    notKept: 0,
  };
  for (const line of lines) {
    const tell = (what: string, said: string) => changes.push({ t: line.t, line: line.n, what, said });
    switch (line.type) {
      case 'genesis':
        tell('vault made', `${line.origin}, signed by ${line.vkey}`);
        break;
      case 'key':
        keysSince = line.t;
        tell('keys replaced', `${line.replaces} by ${line.vkey}`);
        break;
      case 'key.revoke':
        keysSince = line.t;
        tell(
          'keys called back',
          `${line.replaces} by ${line.vkey}: ${line.reason}, not trusted since ${line.since}`,
        );
        break;
      case 'schedule':
        tell(
          'timetable',
          `${line.cron} in ${line.timeZone}, ${line.sources.length} sources, from ${line.firstDue} on`,
        );
        break;
      case 'authority':
        tell('time-stamp authority', `${line.authority}${line.roots === null ? ' stamps no more' : ''}`);
        break;
      case 'clock':
        tell('clock went back', `it stood before ${line.before}`);
        break;
      case 'slot.open':
        if (plan !== line.plan) tell('plan', `from slot ${line.slot} on it is ${line.plan}`);
        plan = line.plan;
        break;
      case 'run': {
        const { collector, program } = (await archive.run(line)).predicate;
        const last = programs.findLast((each) => each.collector === collector);
        if (last?.code === program.code && last.version === program.version) break;
        programs.push({ collector, ...program, since: line.t });
        tell('program', `${collector} is read by version ${program.version}, code ${program.code}`);
        break;
      }
      case 'slot.close':
        if (line.status !== 'interrupted') break;
        counts.interrupted += 1;
        tell('slot interrupted', line.slot);
        break;
      case 'judgement':
        if (rules.at(-1)?.rules !== line.rules) {
          rules.push({ rules: line.rules, since: line.t });
          tell('rules', line.rules);
        }
        if (exporter !== line.exporter) tell('code of packets', line.exporter);
        exporter = line.exporter;
        break;
      case 'export':
        counts.made += 1;
        tell('packet made', `${line.profile} ${line.packet}`);
        break;
      case 'release':
        if (line.as === 'officer') counts.released += 1;
        tell(
          line.as === 'officer' ? 'packet released' : `${line.as} agreed`,
          `${line.profile} ${line.packet}`,
        );
        break;
      case 'release.review':
        tell('release reviewed', `after slot ${line.slot}`);
        break;
      case 'deposit':
        counts[line.status === 'kept' ? 'kept' : 'notKept'] += 1;
        if (line.reason === 'differs')
          tell('another history', `whoever keeps checkpoints had another one of ${line.size} lines`);
        break;
      case 'recovery':
        counts.torn += 1;
        tell('recovered', `after an end that was not clean, ${line.tornBytes} bytes put aside`);
        break;
      case 'fsck':
        counts[line.ok ? 'checked' : 'unsound'] += 1;
        tell(
          'vault checked',
          `${line.objects} objects, ${line.lines} lines: ${line.ok ? 'sound' : 'not sound'}`,
        );
        break;
      case 'purge':
        tell('purged', `${line.objects.length} objects by ${line.rule}`);
        break;
      case 'gap':
      case 'alias':
        break;
    }
  }
  const now = rules.at(-1);
  return {
    ...{ changes, programs, keysSince, counts },
    rules: {
      since: now?.since ?? '',
      before: Math.max(0, new Set(rules.map((each) => each.rules)).size - 1),
    },
  };
}
