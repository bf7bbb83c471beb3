import { stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { withoutMarks } from '../../exports/marks.ts';
import type { Draft } from '../../exports/release/draft.ts';
import type { Signer } from '../../exports/release/release.ts';
import { account } from '../../scheduler/account.ts';
import { Book } from '../../scheduler/book.ts';
import { releaseSteps } from '../../vault/ledger-lines.ts';
import { openArchive } from '../../vault/files.ts';
import { emptySheet, Initials, readSheet, type SignOffSheet } from '../config/sign-off.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';
import { progressOn } from '../output/progress.ts';
import { draftNamedBy, makeRelease, recordReview, withDraft } from '../releases.ts';
import { recordStamping, withStamping } from '../stamping.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';

interface Options {
  readonly by?: string;
  readonly role?: string;
  readonly as?: string;
  readonly accept?: readonly string[];
  readonly leaveOpen?: boolean;
  readonly provider?: string;
  readonly sheet?: string;
  readonly signed?: string;
  readonly reviewed?: string;
  readonly out?: string;
}

/**
 * `exhibit release`: a named officer stands up for a draft, and it is written anew without DRAFT; before, counsel and broker
 * where they are asked for. `--sheet` writes what is to be accepted, `--reviewed` what was decided about a release later.
 */
export async function release(context: Context, options: Options, name = ''): Promise<number> {
  const { surroundings } = context;
  const at = (path: string) => resolve(surroundings.directory, path);
  const path = at(name);
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) throw new OperatorError(`there is no packet at ${path}`);
  if (options.sheet === undefined) named(options);
  const configuration = await context.configuration();
  await openArchive(configuration.paths.vault);
  const { collectors } = await context.registry();
  const workspace = await openWorkspace(configuration, surroundings);
  try {
    if (options.reviewed !== undefined)
      return await review(context, workspace, path, options.reviewed, options);
    return await withDraft(path, configuration, workspace, collectors, async (zip, draft) => {
      if (options.sheet !== undefined) {
        await writeSheet(at(options.sheet), emptySheet(draft), options.sheet);
        context.print(`${options.sheet}\n  fill it in, and name it with --signed\n`, {
          sheet: options.sheet,
        });
        return exit.done;
      }
      const signer = signerOf(
        options,
        options.signed === undefined ? null : readSheet(at(options.signed)),
        draft,
      );
      if (signer.as !== 'officer' && !configuration.releaseSteps.includes(signer.as))
        throw new OperatorError(
          `${signer.as} is no step here: name it under release in ${configuration.file}`,
        );
      const out = options.out === undefined ? configuration.paths.packets : at(options.out);
      const now = surroundings.now();
      const report = progressOn(surroundings.stderr);
      const made = await withStamping(configuration, surroundings, report, async (stamping) => {
        const book = await Book.open(workspace.vault);
        await recordStamping(book, stamping, configuration);
        await account(book, now, now);
        const to = out.endsWith('.zip') ? { file: out } : { folder: out };
        return makeRelease(configuration, workspace, [zip, draft], signer, to, surroundings, stamping);
      });
      context.print(
        made
          ? `${made.path}\n  released by ${signer.name}; the draft stays as it was\n`
          : `${signer.as} agrees: written into the ledger\n`,
        made ?? { as: signer.as },
      );
      return exit.done;
    });
  } finally {
    await workspace.vault.close();
  }
}

async function review(
  context: Context,
  workspace: Workspace,
  path: string,
  decided: string,
  options: Options,
): Promise<number> {
  const who = { ...named(options), decided };
  const questions = await recordReview(workspace, await draftNamedBy(path), who, context.surroundings);
  context.print(`decided about ${questions.join(', ')}: written into the ledger\n`, { questions });
  return exit.done;
}

function named({ by = '', role = '' }: Options): { readonly name: string; readonly role: string } {
  const [name, as] = [by.trim(), role.trim()];
  if (name === '' || as === '')
    throw new OperatorError('a release is somebody’s by name: say --by NAME and --role ROLE');
  for (const each of [name, as])
    if (each.length > 80 || withoutMarks(each) !== each || each.includes('\n'))
      throw new OperatorError('a name and a role have at most 80 characters, on one line');
  return { name, role: as };
}

const providers = ['consulted', 'not consulted', 'not said'] as const;

function signerOf(options: Options, sheet: SignOffSheet | null, draft: Draft): Signer {
  const {
    as = 'officer',
    accept = [],
    leaveOpen = false,
    provider = sheet?.provider ?? 'not said',
  } = options;
  const step = releaseSteps.find((each) => each === as);
  if (!step) throw new OperatorError(`--as ${as}: there are ${releaseSteps.join(', ')}`);
  if (sheet && sheet.draft !== draft.tagmanifest)
    throw new OperatorError('the sheet is of another draft: have --sheet write one for this');
  const said = providers.find((each) => each === provider);
  if (!said) throw new OperatorError(`--provider ${provider}: there are consulted and not consulted`);
  return {
    ...{ as: step, ...named(options), provider: said },
    accepted: [
      ...(sheet?.accept ?? []).flatMap(({ question, initials }) =>
        initials === null ? [] : [{ question, initials }],
      ),
      ...accept.map(acceptedBy),
    ],
    leavesOpen: leaveOpen || sheet?.leaveOpen === 'yes',
  };
}

function acceptedBy(text: string): Signer['accepted'][number] {
  const [, question = '', given = ''] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  const initials = Initials.safeParse(given);
  if (!initials.success)
    throw new OperatorError(`--accept ${text}: write QUESTION=INITIALS, such as INS-MFA-01=AB`);
  return { question, initials: initials.data };
}

async function writeSheet(path: string, content: string, name: string): Promise<void> {
  await writeFile(path, content, { flag: 'wx' }).catch((error: unknown) => {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new OperatorError(
      there ? `${name} is there already: name another with --sheet` : `${name} cannot be written`,
    );
  });
}
