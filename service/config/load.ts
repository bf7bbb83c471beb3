import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import type { ReleaseStep } from '../../vault/ledger-lines.ts';
import type { Collector } from '../../collectors/collector.ts';
import { consented } from '../../collectors/dataset.ts';
import type { Control } from '../../controls/control.ts';
import { FrameworkDeclarations } from '../../controls/declared/framework-declarations.ts';
import {
  DeclaredSystem,
  Exception,
  Federation,
  Person,
  Policy,
  ServiceAccount,
  StoredAnswer,
} from '../../controls/declarations.ts';
import { Risk } from '../../controls/declared/company.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import type { Setup, Source, Timetable } from '../../scheduler/setup.ts';
import type { Authority } from '../../vault/time-stamp/authority.ts';
import { checkAnswers } from './answers.ts';
import { checkClauses, readCompany } from './company.ts';
import { checkFrameworks } from './frameworks.ts';
import { readDeclared } from './declared.ts';
import { depositsOf, type OpenDeposits } from './deposits.ts';
import { readLeavers } from './leavers.ts';
import { checkFederations, checkRegister } from './register.ts';
import { ConfigFile, SourceEntry } from './schema.ts';
import { checkTimeStamps, readAuthorities } from './time-stamps.ts';
import { placeholder, resolveSecrets, takeReferences } from './secrets.ts';
import { YamlFile } from './yaml-file.ts';

/** The configuration as the program uses it: checked in whole, paths absolute, secrets not read yet. */
export interface Configuration {
  readonly file: string;
  /** Who has to agree to a draft before an officer releases it. */
  readonly releaseSteps: readonly ReleaseStep[];
  readonly paths: Readonly<Record<'vault' | 'keys' | 'trust' | 'packets' | 'state', string>>;
  readonly setup: Setup;
  readonly timetable: Timetable;
  /** Whether it is read once more in each week, at an hour that nobody knows beforehand. */
  readonly unannounced: boolean;
  /** Who is asked to stamp, with their certificates. */
  readonly timeStamps: () => Promise<readonly Authority[]>;
  /** Whoever keeps checkpoints. */
  readonly deposits: OpenDeposits;
  /** PEM texts of the certificate authorities to trust beside the usual ones. */
  readonly authorities: () => Promise<readonly string[]>;
}

export interface Registry {
  readonly collectors: readonly Collector[];
  readonly controls: readonly Control[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What may stand in a file of its own. */
type Listed =
  | ('exceptions' | 'systems' | 'policy' | 'people' | 'services' | 'answers')
  | ('attestations' | 'entities' | 'subservices' | 'reviews' | 'risks' | 'federations' | 'frameworks');

/** Reads and checks `exhibit.yaml` and the files that it names. Throws `OperatorError`, one sentence, where something is wrong. */
export function loadConfiguration(path: string, registry: Registry): Configuration {
  const file = resolve(path);
  const folder = dirname(file);
  const under = (name: string) => (isAbsolute(name) ? name : join(folder, name));
  const yaml = YamlFile.read(file, 'name it with --config, or make one with exhibit init');
  const config = yaml.parse(ConfigFile);

  const besides = <T extends z.ZodType>(name: Listed, schema: T) => {
    const given = config[name];
    if (typeof given !== 'string') return { yaml, at: [name], value: schema.parse(given) };
    const other = YamlFile.read(under(given), `${name} in ${file} names it`);
    return { yaml: other, at: [], value: other.parse(schema) };
  };
  const exceptions = besides('exceptions', z.array(Exception));
  const systems = besides('systems', z.array(DeclaredSystem));
  const policy = besides('policy', Policy);
  const people = besides('people', z.array(Person));
  const services = besides('services', z.array(ServiceAccount));
  const answers = besides('answers', z.array(StoredAnswer));
  const federations = besides('federations', z.array(Federation));
  const risks = besides('risks', z.array(Risk));
  const frameworks = besides('frameworks', FrameworkDeclarations);

  for (const [n, { id, control, start, end, safeguard, openedOn }] of exceptions.value.entries()) {
    const wrong = (field: string, what: string) => exceptions.yaml.error([...exceptions.at, n, field], what);
    for (const name of [control, safeguard.control])
      if (name !== undefined && !registry.controls.some((each) => each.id === name))
        throw wrong('control', `there is no control ${name}`);
    if (end < start) throw wrong('end', 'an exception cannot end before it starts');
    if (openedOn !== undefined && start < openedOn)
      throw wrong('openedOn', 'a weakness cannot be accepted before it was found');
    if (exceptions.value.findIndex((each) => each.id === id) !== n)
      throw wrong('id', `there are two exceptions ${id}`);
  }
  for (const [n, { id }] of systems.value.entries())
    if (systems.value.findIndex((each) => each.id === id) !== n)
      throw systems.yaml.error([...systems.at, n, 'id'], `there are two systems ${id}`);
  for (const [name, parameters] of Object.entries(policy.value.controls)) {
    const at = [...policy.at, 'controls', name];
    const control = registry.controls.find(({ id }) => id === name);
    if (!control) throw policy.yaml.error(at, 'there is no control of this name');
    policy.yaml.parse(control.parameters.strict(), parameters, at);
  }

  checkClauses(policy);

  const sources = config.sources.map((_, n) => sourceOf(yaml, n, folder, registry));
  for (const [n, { id }] of sources.entries())
    if (sources.findIndex((source) => source.id === id) !== n)
      throw yaml.error(['sources', n, 'id'], `there are two sources ${id}`);

  checkTimeStamps(yaml, config.timeStamps);
  checkAnswers(answers);
  checkRegister([people, services], new Set(sources.map(({ id }) => id)));
  checkFrameworks(frameworks, new Set(sources.map(({ id }) => id)));
  checkFederations(federations, new Map(sources.map(({ id, collector }) => [id, collector.id])));
  for (const [n, { state, collector, source }] of systems.value.entries()) {
    const wrong = (what: string) => systems.yaml.error([...systems.at, n, 'source'], what);
    if ((state === 'connected') !== (source !== undefined))
      throw wrong('`state: connected` and the source that reads it belong together: give both or neither');
    if (source !== undefined && !sources.some(({ id }) => id === source))
      throw wrong(`there is no source ${source}`);
    const connected = sources.find((source) => state === 'absent' && source.collector.id === collector);
    if (connected)
      throw systems.yaml.error(
        [...systems.at, n, 'state'],
        `it cannot be absent: source ${connected.id} is connected to it`,
      );
  }

  const [hour = 0, minute = 0, second = 0] = config.schedule.at.split(':').map(Number);
  return {
    file,
    releaseSteps: config.release.steps,
    paths: {
      vault: under(config.vault),
      keys: under(config.keys),
      trust: under(config.trust),
      packets: under(config.packets),
      state: under(config.state),
    },
    setup: {
      organization: config.organization,
      sources,
      exceptions: exceptions.value,
      systems: systems.value,
      policy: policy.value,
      register: {
        people: people.value,
        services: services.value,
        federations: federations.value,
        leavers: config.leavers ? readLeavers(config.leavers, under(config.leavers.file)) : null,
      },
      answers: answers.value,
      declared: {
        frameworks: frameworks.value,
        ...readDeclared(config.approvals, { besides, under, sources }),
        ...readCompany(config.companyControls, risks, {
          under,
          controls: new Set(registry.controls.map(({ id }) => id)),
        }),
      },
    },
    timetable: {
      daily: { hour, minute, second, timeZone: config.schedule.timeZone },
      graceMinutes: config.schedule.graceMinutes,
    },
    unannounced: config.schedule.unannounced,
    deposits: depositsOf(yaml, rawDeposits(yaml), { folder, environment: registry.environment }, under),
    timeStamps: () => readAuthorities(config.timeStamps, under),
    authorities: () => Promise.all(config.authorities.map((name) => readAuthority(under(name)))),
  };
}

/** As they stand in the file: with references in place of secrets. */
function rawDeposits({ value }: YamlFile): readonly unknown[] {
  return (value as { readonly deposits?: readonly unknown[] }).deposits ?? [];
}

function sourceOf(yaml: YamlFile, n: number, folder: string, registry: Registry): Source {
  const at = ['sources', n];
  const raw = (yaml.value as { sources: readonly Record<string, unknown>[] }).sources[n] ?? {};
  const { id, collector: name, title, consent, also } = yaml.parse(SourceEntry, raw, at);
  const collector = registry.collectors.find((each) => each.id === name);
  if (!collector) {
    const known = registry.collectors.map((each) => each.id).join(', ');
    throw yaml.error([...at, 'collector'], `there is no collector ${name}; there are ${known}`);
  }
  const own = Object.fromEntries(
    Object.entries(raw).filter(([key]) => !['id', 'collector', 'title', 'consent', 'also'].includes(key)),
  );
  const taken = takeReferences(collector, own);
  if ('bare' in taken)
    throw yaml.error(
      [...at, ...taken.bare],
      'this is a secret and must not stand here; write { env: NAME } or { file: path } and keep it there',
    );
  for (const [reading, setting] of Object.entries(collector.optInNeeds ?? {}))
    if ((also as readonly string[]).includes(reading) !== setting in own)
      throw yaml.error(
        at,
        `\`also: [${reading}]\` and the setting \`${setting}\` belong together: give both or neither`,
      );
  const scope = collector.scope(yaml.parse(collector.config, taken.settings, at) as never);
  if (JSON.stringify(scope).includes(placeholder))
    throw new Error(`the scope of collector ${collector.id} holds a secret`);
  return {
    id,
    title: title ?? `${collector.title} ${id}`,
    collector,
    datasets: consented(collector.datasets, consent, also),
    scope,
    settings: async () =>
      collector.config.parse(
        await resolveSecrets(`source ${id}`, own, taken.references, {
          folder,
          environment: registry.environment,
        }),
      ),
  };
}

async function readAuthority(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new OperatorError(
      `the certificate authority ${path} cannot be read: mend authorities in the configuration`,
    );
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new OperatorError(`${path} holds no PEM certificate: mend authorities in the configuration`);
  return text;
}
