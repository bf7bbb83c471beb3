import { Command, CommanderError, Option } from 'commander';
import { contextOf, type CommonOptions, type Context } from './context.ts';
import { processSurroundings, type Surroundings } from './surroundings.ts';

type Action<Options> = (
  context: Context,
  options: Options,
  ...names: (string | undefined)[]
) => Promise<number>;

/**
 * Runs one command and says with which code the process should end. What a command needs is loaded only when it runs,
 * so that help comes at once. It throws nothing: every error is told on stderr.
 */
export async function main(
  argv: readonly string[],
  surroundings: Surroundings = processSurroundings(),
): Promise<number> {
  let code = 0;
  let verbose = argv.includes('--verbose');
  const program = new Command('exhibit')
    .description(
      'Reads MFA, access and configuration evidence every night and bundles packets that anyone can check.',
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.stdout.write(text),
      writeErr: (text) => surroundings.stderr.write(text),
    })
    .showHelpAfterError('(exhibit --help lists what there is)');

  const command = <Options>(usage: string, description: string, load: () => Promise<Action<Options>>) => {
    const made = program
      .command(usage)
      .description(description)
      .option('--config <file>', 'the configuration', 'exhibit.yaml')
      .option('--json', 'print one JSON document')
      .option('--verbose', 'show where an error came from');
    return made.action(async (...given: unknown[]) => {
      const options = made.opts<CommonOptions & Options>();
      verbose = options.verbose === true;
      const names = given.slice(0, made.registeredArguments.length) as (string | undefined)[];
      const action = await load();
      code = await action(contextOf(surroundings, options), options, ...names);
    });
  };

  command(
    'init',
    'write a commented configuration, make keys and vault; nothing is overwritten',
    async () => (await import('./commands/init.ts')).init,
  )
    .option('--name <name>', 'the name of your organisation')
    .option('--slug <slug>', 'its short name, for the names of files');
  command(
    'doctor',
    'say what can be read, what cannot, and what to grant',
    async () => (await import('./commands/doctor.ts')).doctor,
  );
  command(
    'permissions <collector>',
    'print what to grant, what is lost with less, and what is kept about people',
    async () => (await import('./commands/permissions.ts')).permissions,
  )
    .addOption(
      new Option('--consent <tier>', 'how much may be read')
        .choices(['insurance-mfa', 'standard', 'full'])
        .default('standard'),
    )
    .addOption(
      new Option('--also <reading...>', 'what is agreed to besides, one by one').choices([
        'contents',
        'enterprise',
        'dns',
        'exchange',
      ]),
    )
    .option(
      '--as <document>',
      'print this document and nothing else, such as policy, cloudformation or terraform',
    );
  command(
    'collect [target]',
    'read now: everything, a source, or source/dataset',
    async () => (await import('./commands/collect.ts')).collect,
  );
  command(
    'show <what>',
    'show sources, datasets, results, people, answers, readiness, scope, statements, company-controls, policy, risks, runs, releases, stamps, deposits, egress, the work-list, a period or the ledger',
    async () => (await import('./commands/show.ts')).show,
  )
    .option('--from <date>', 'the first day of a period')
    .option('--to <date>', 'the day after its last');
  command(
    'review <action> <source>',
    'export: write every account of a source as rows of a review of access',
    async () => (await import('./commands/review.ts')).review,
  )
    .option('--slot <slot>', 'as this slot read it, and not the newest')
    .option('--out <file>', 'where to write it');
  command(
    'packet <profile>',
    'build a packet from the vault',
    async () => (await import('./commands/packet.ts')).packet,
  )
    .option('--as-of <instant>', 'judge as of this time')
    .option('--from <date>', 'soc2-type2: the first day of the period')
    .option('--to <date>', 'soc2-type2: the day after its last')
    .option('--night <dates...>', 'soc2-type2: days of whose nights all evidence is to be in the packet too')
    .option('--out <folder>', 'where to put it');
  command(
    'release <packet>',
    'stand up for a draft by name: it is written anew without DRAFT, and the ledger says so',
    async () => (await import('./commands/release.ts')).release,
  )
    .option('--by <name>', 'who releases it')
    .option('--role <role>', 'as what in the company')
    .option('--as <step>', 'counsel or broker, where they have to agree before the officer', 'officer')
    .option('--accept <question=initials...>', 'an answer with limits, or that the evidence contradicts')
    .option('--leave-open', 'leave what the company has not answered to be answered')
    .option('--provider <asked>', 'whether whoever provides the IT was asked: consulted or not consulted')
    .option('--sheet <file>', 'only write a sheet of what is to be accepted')
    .option('--signed <file>', 'the sheet, filled in')
    .option('--reviewed <decision>', 'what was decided about answers of a release that are no longer true')
    .option('--out <folder>', 'where to put what is released');
  command(
    'sample <packet>',
    'show the rows that an auditor chose of a table of a packet, as a packet that is sealed to it',
    async () => (await import('./commands/sample.ts')).sample,
  )
    .option('--population <path>', 'the table: a CSV file in the packet')
    .option('--seed <text>', 'choose by chance from this text, which the auditor names')
    .option('--count <number>', 'how many')
    .option('--row <number...>', 'choose these rows, counted from 1 below the header')
    .option('--by <name>', 'who chose')
    .option('--out <path>', 'where to put it');
  command(
    'questionnaire <sheet>',
    "write answers beside the rows of a customer's sheet (.xlsx or .csv), into a copy",
    async () => (await import('./commands/questionnaire.ts')).questionnaire,
  )
    .option('--map <file>', 'which rows ask for which topic')
    .option('--out <name>', 'where to write it, without an ending');
  command(
    'verify <path>',
    'check a packet or a vault',
    async () => (await import('./commands/verify.ts')).verify,
  )
    .option(
      '--trust <path>',
      'trust anchors that you had from elsewhere: the text of exhibit trust, or a folder',
    )
    .option(
      '--against <file>',
      'an earlier packet of the same vault, a checkpoint that was deposited, or the twin of one without evidence',
    )
    .option(
      '--vault <folder>',
      'the vault that a packet was made of: what a packet of a period, or a twin, does not hold is there',
    );
  command(
    'trust',
    'print what to hand over to whoever checks packets, once, and by another way than any packet',
    async () => (await import('./commands/trust.ts')).trust,
  ).option('--out <folder>', 'where to write the same as files');
  command(
    'verifier',
    'hand out one file that checks packets where Node is and nothing else',
    async () => (await import('./commands/verifier.ts')).verifier,
  ).option('--out <folder>', 'where to put it');
  command(
    'keys <action>',
    'rotate: let other keys sign; revoke: call back keys that were stolen or lost, by the recovery key',
    async () => (await import('./commands/keys.ts')).keys,
  )
    .option('--recovery <file>', 'the recovery key, which was made with the vault')
    .option('--reason <reason>', 'why they are called back: stolen or lost')
    .option(
      '--since <instant>',
      'from when on nothing is believed that the old keys signed and nobody else saw',
    );
  command(
    'serve',
    'collect every night and hand out packets over HTTP',
    async () => (await import('./commands/serve.ts')).serve,
  )
    .option('--listen <address>', 'host and port', '127.0.0.1:8080')
    .addOption(
      new Option('--clock <instant>', 'start the clock at this time: a rehearsal, and recorded as one'),
    );
  command(
    'demo',
    'try everything on a synthetic company on this machine',
    async () => (await import('./commands/demo.ts')).demo,
  ).option('--dir <folder>', 'where everything goes', './exhibit-demo');

  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Help and version are asked for; anything else that commander objects to is the operator's to mend.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (surroundings.stop.aborted && error instanceof Error && 'code' in error && error.code === 'aborted') {
      surroundings.stderr.write('exhibit: stopped\n');
      return 1;
    }
    const { told } = await import('./errors.ts');
    const { code: ended, text } = told(error, verbose);
    surroundings.stderr.write(`exhibit: ${text}\n`);
    return ended;
  }
}
