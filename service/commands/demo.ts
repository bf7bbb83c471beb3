import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { startDemo, type Demo } from '../../demo/index.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { judge, type Judgement } from '../../exports/judge.ts';
import { profiles } from '../../exports/profiles.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { verifyVaultFolder } from '../../exports/verify/verify-vault.ts';
import { recover } from '../../scheduler/recover.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { approvalColumns } from '../config/approvals.ts';
import { matrixColumns } from '../config/company.ts';
import { contextOf, type Context } from '../context.ts';
import { exit } from '../errors.ts';
import { progressOn } from '../output/progress.ts';
import { demoSummary, type DemoPacket } from '../output/demo-summary.ts';
import { makePacket } from '../packets.ts';
import { recordStamping } from '../stamping.ts';
import { nightOf, openWorkspace, sleep } from '../workspace.ts';

/** The same seed is the same company, so that what is written about the demo stays true. */
const seed = 'larkspur';

/** `exhibit demo`: a synthetic company is read for one night, judged, packed and verified; all that it makes is in one folder. */
export async function demo(context: Context, { dir }: { readonly dir: string }): Promise<number> {
  const { surroundings } = context;
  const folder = resolve(surroundings.directory, dir);
  await expectOwn(folder);
  const company = await startDemo({ seed, now: surroundings.now() });
  try {
    // Nothing is dated back: the night is due a moment from now, and is waited for.
    const due = new Date(Math.ceil((surroundings.now().getTime() + 6000) / 1000) * 1000);
    await writeConfiguration(folder, company, due);
    const own = contextOf(surroundings, { config: join(folder, 'exhibit.yaml'), json: context.json });
    const configuration = await own.configuration();
    const workspace = await openWorkspace(configuration, {
      ...surroundings,
      // Nobody will call back the keys of a company that does not exist.
      stderr: { write: () => undefined },
    });
    try {
      const { night, network } = await nightOf(configuration, workspace, surroundings, {
        clock: 'system',
        report: progressOn(surroundings.stderr),
      });
      const packets: DemoPacket[] = [];
      const { paths, setup, timetable } = configuration;
      let judgement: Judgement;
      try {
        const runningSince = surroundings.now();
        await recordStamping(night.book, night.stamping, configuration);
        await recover(night, paths.vault, timetable);
        await recordSchedule(night.book, setup, timetable, runningSince);
        await sleep(Math.max(0, due.getTime() - surroundings.now().getTime()), surroundings.stop);
        await tick(night, runningSince);
        judgement = await judge(workspace.vault, { now: surroundings.now().toISOString() });
        const trust = await readTrust(paths.trust);
        for (const profile of profiles) {
          surroundings.stderr.write(`building and verifying ${profile}\n`);
          const order = { profile, asOf: null, out: { folder: paths.packets } };
          const { stop } = surroundings;
          const built = await makePacket(configuration, workspace, order, stop, night.stamping);
          for (const path of [built.path, ...(built.privatePath === null ? [] : [built.privatePath])])
            // Several packets may be sealed to the same one with all evidence.
            if (packets.every((each) => each.path !== path))
              packets.push({
                path,
                stays: path === built.privatePath,
                report: await verifyPacket(path, trust),
              });
        }
      } finally {
        network.close();
      }
      const vault = await verifyVaultFolder(paths.vault, await readTrust(paths.trust));
      const { text, value } = demoSummary({
        folder,
        directory: surroundings.directory,
        configuration,
        judgement,
        packets,
        vault,
      });
      context.print(text, value);
      const failed = [vault, ...packets.map(({ report }) => report)].filter(
        ({ verdict }) => verdict !== 'verified',
      );
      return failed.length === 0 ? exit.done : exit.verification;
    } finally {
      await workspace.vault.close();
    }
  } finally {
    await company.close();
  }
}

/** A folder that is new, empty, or a demo's own: that one gets a further night. */
async function expectOwn(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new OperatorError(`${folder} cannot be read: name another folder with --dir`);
  });
  if (names.length > 0 && !names.includes('.exhibit-demo'))
    throw new OperatorError(`${folder} holds other files: name a new folder with --dir`);
}

async function writeConfiguration(folder: string, demo: Demo, due: Date): Promise<void> {
  const { company, github, microsoft365, aws, authority } = demo;
  const { exportedBy, exportedOn, system, filter, people: left } = demo.register.leavers;
  const { attestations, approvals, companyControls, risks, entities, subservices, frameworks } =
    demo.declared;
  const secrets = join(folder, 'secrets');
  await mkdir(secrets, { recursive: true });
  await mkdir(join(folder, 'deposits'), { recursive: true });
  await chmod(secrets, 0o700);
  await writeFile(join(folder, 'microsoft365.pem'), microsoft365.certificate);
  await writeFile(join(folder, 'time-stamp-root.pem'), authority.root);
  await writeFile(join(folder, '.exhibit-demo'), 'This folder was made by exhibit demo.\n');
  const secret = async (name: string, value: string) => {
    await writeFile(join(secrets, name), `${value}\n`, { mode: 0o600 });
    return { file: `secrets/${name}` };
  };
  const configuration = {
    organization: { name: company.name, slug: company.slug },
    // The moment at which the demo was made; a real night is read at 02:30 or so.
    schedule: { at: due.toISOString().slice(11, 19), timeZone: 'UTC', graceMinutes: 60 },
    sources: [
      {
        id: `github-${company.slug}`,
        collector: 'github',
        organization: company.github.organizations[0]?.login ?? '',
        url: github.url,
        consent: 'full',
        also: ['contents'],
        app: { id: github.app.id, privateKey: await secret('github-app.pem', github.app.privateKey) },
      },
      {
        id: `microsoft365-${company.slug}`,
        collector: 'microsoft365',
        tenant: microsoft365.tenant,
        clientId: microsoft365.clientId,
        credential: { clientSecret: await secret('microsoft365-client-secret', microsoft365.clientSecret) },
        url: microsoft365.url,
        authority: microsoft365.url,
        resolver: microsoft365.resolver,
        domains: [...microsoft365.domains],
        exchange: microsoft365.exchange,
        also: ['dns', 'exchange'],
      },
      {
        id: `aws-${company.slug}`,
        collector: 'aws',
        consent: 'full',
        endpoint: aws.url,
        role: aws.role,
        externalId: aws.externalId,
        credentials: {
          accessKeyId: aws.accessKeyId,
          secretAccessKey: await secret('aws-secret-access-key', aws.secretAccessKey),
        },
      },
    ],
    exceptions: 'exceptions.yaml',
    systems: 'systems.yaml',
    people: 'people.yaml',
    services: 'services.yaml',
    answers: 'answers.yaml',
    leavers: { file: 'leavers.csv', exportedBy, exportedOn, system, filter },
    attestations: 'attestations.yaml',
    approvals: {
      file: 'approvals.csv',
      exportedBy: approvals.exportedBy,
      exportedOn: approvals.exportedOn,
      system: approvals.system,
      filter: approvals.filter,
    },
    companyControls: {
      file: 'company-controls.csv',
      exportedBy: companyControls.exportedBy,
      exportedOn: companyControls.exportedOn,
      system: companyControls.system,
    },
    risks: 'risks.yaml',
    entities: 'entities.yaml',
    subservices: 'subservices.yaml',
    frameworks: 'frameworks.yaml',
    policy: 'policy.yaml',
    deposits: [{ id: 'other-disk', kind: 'file', folder: 'deposits' }],
    timeStamps: [{ id: 'demo', url: authority.url, roots: 'time-stamp-root.pem' }],
    // The synthetic Microsoft 365 is asked over HTTPS, with a certificate of its own.
    authorities: ['microsoft365.pem'],
  };
  const head = '# A synthetic company. Its servers ran only while the demo did.\n';
  await writeFile(join(folder, 'exhibit.yaml'), head + stringify(configuration));
  await writeFile(join(folder, 'exceptions.yaml'), stringify(demo.exceptions));
  await writeFile(join(folder, 'systems.yaml'), stringify(demo.systems));
  await writeFile(join(folder, 'answers.yaml'), stringify(demo.answers));
  const { people, services } = demo.register;
  const named = <T extends { accounts: readonly { collector: string; account: string }[] }>(
    list: readonly T[],
  ) =>
    list.map(({ accounts, ...rest }) => ({
      ...rest,
      accounts: accounts.map(({ collector, account }) => ({
        source: `${collector}-${company.slug}`,
        account,
      })),
    }));
  await writeFile(join(folder, 'people.yaml'), stringify(named(people)));
  await writeFile(join(folder, 'services.yaml'), stringify(named(services)));
  const rows = left.map(({ account, leftOn }) => `${account},${leftOn}\n`);
  await writeFile(join(folder, 'leavers.csv'), `account,left_on\n${rows.join('')}`);
  await writeFile(join(folder, 'attestations.yaml'), stringify(attestations));
  await writeFile(join(folder, 'risks.yaml'), stringify(risks));
  await writeFile(join(folder, 'entities.yaml'), stringify(entities));
  await writeFile(join(folder, 'subservices.yaml'), stringify(subservices));
  await writeFile(join(folder, 'frameworks.yaml'), stringify(frameworks));
  const table = (columns: readonly string[], rows: readonly (readonly string[])[]) =>
    [columns, ...rows].map((row) => `${row.join(',')}\n`).join('');
  await writeFile(join(folder, 'approvals.csv'), table(approvalColumns, approvals.rows));
  await writeFile(join(folder, 'company-controls.csv'), table(matrixColumns, companyControls.rows));
  await writeFile(join(folder, 'policy.yaml'), stringify(demo.policy));
}
