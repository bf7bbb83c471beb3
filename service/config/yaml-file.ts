import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  LineCounter,
  isMap,
  isNode,
  isScalar,
  parseDocument,
  visit,
  type Document,
  type ErrorCode,
} from 'yaml';
import type { z } from 'zod';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { looksSecret } from './looks-secret.ts';

type Path = readonly PropertyKey[];

/** A YAML file of the operator's. Whatever is wrong in it is told with its line, never with the value that stands there. */
export class YamlFile {
  readonly path: string;
  readonly value: unknown;
  readonly #document: Document;
  readonly #lines: LineCounter;

  private constructor(path: string, document: Document, lines: LineCounter) {
    this.path = path;
    this.#document = document;
    this.#lines = lines;
    try {
      this.value = document.toJS();
    } catch {
      // Only references can still go wrong here: too many of them, or one that leads to itself.
      throw this.error([], 'it refers to itself too often; write out what it refers to');
    }
  }

  /** Reads the file; throws `OperatorError` where it cannot be read, is not YAML, or holds something like a secret. */
  static read(path: string, hint: string): YamlFile {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      throw new OperatorError(`${path} cannot be read (${codeOf(error)}): ${hint}`);
    }
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [broken] = [...document.errors, ...document.warnings];
    const refuse = (at: number, what: string): never => {
      throw new OperatorError(`${basename(path)} line ${lines.linePos(at).line}: ${what}`);
    };
    if (broken)
      refuse(broken.pos[0], `this is not YAML: ${sentences[broken.code] ?? 'it is not understood here'}`);
    visit(document, {
      Alias(_, alias) {
        if (alias.resolve(document) === undefined)
          refuse(
            alias.range?.[0] ?? 0,
            'this refers to something that is not there; quote a value that begins with *',
          );
      },
      Scalar(_, { value, range, type }) {
        if (typeof value !== 'string') return;
        const [from, to] = range ?? [0, 0];
        if (looksSecret(value))
          refuse(
            from,
            'this looks like a secret; keep it elsewhere and write { env: NAME } or { file: path } in its place',
          );
        // A line that was indented by mistake would become a part of the text above it, and be shown with it.
        if (type === 'PLAIN' && text.slice(from, to).split('\n').slice(1).some(likeSetting))
          refuse(
            from,
            'the next line is read as a part of this text; indent it as a setting, or quote the text',
          );
      },
    });
    return new YamlFile(path, document, lines);
  }

  /** The value, as this schema understands what stands at this path. */
  parse<T extends z.ZodType>(schema: T, value: unknown = this.value, at: Path = []): z.output<T> {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    // An unknown key is told first: what is missing is often what was misspelt.
    const issues = parsed.error.issues
      .map(innermost)
      .toSorted((a, b) => Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys'));
    const [issue] = issues;
    if (!issue) throw new Error('a schema refused without an issue');
    const path = [...at, ...issue.path];
    const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
    if (issue.code === 'unrecognized_keys') {
      const [key = ''] = issue.keys;
      throw this.error([...path, key], `there is no setting of this name${more}`);
    }
    throw this.error(path, `${issue.message}${more}`);
  }

  /** What is wrong at a path, in one sentence. */
  error(path: Path, what: string): OperatorError {
    const where = path.length === 0 ? '' : `${dotted(path)}: `;
    return new OperatorError(`${basename(this.path)} line ${this.#lineOf(path)}: ${where}${what}`);
  }

  /** The line of the deepest part of the path that exists. */
  #lineOf(path: Path): number {
    let node: unknown = this.#document.contents;
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    for (const [n, step] of path.entries()) {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
        if (!pair) break;
        if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
        node = pair.value;
      } else {
        const found: unknown = this.#document.getIn(path.slice(0, n + 1), true);
        if (!isNode(found)) break;
        offset = found.range?.[0] ?? offset;
        node = found;
      }
    }
    return this.#lines.linePos(offset).line;
  }
}

/** Where a list may stand in a file of its own, what is wrong is wrong inside the list. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const inside = issue.errors.find((branch) => branch.every(({ path }) => path.length > 0));
  const [first] = inside ?? [];
  return first ? innermost({ ...first, path: [...issue.path, ...first.path] }) : issue;
}

function dotted(path: Path): string {
  return path
    .map((step, n) => (typeof step === 'number' ? `[${step}]` : `${n === 0 ? '' : '.'}${String(step)}`))
    .join('');
}

/** Whether a line that goes on with a text looks as if it was meant as a setting: `name:value`, or `token value`. */
function likeSetting(line: string): boolean {
  return /^\s*[\w-]+[:=]/.test(line) || /^\s*\w*(token|secret|password|key)\s+\S+\s*$/i.test(line);
}

/** What is wrong, in words of our own: those of the parser repeat what stands there, which may be a secret. */
const sentences: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_ALIAS: 'a value that begins with * must be quoted',
  BAD_DQ_ESCAPE: 'in double quotes \\ begins an escape; use single quotes, or write \\\\',
  BAD_INDENT: 'the lines of one list or map must be indented alike',
  BAD_SCALAR_START: 'a value that begins with @ or ` must be quoted',
  BLOCK_AS_IMPLICIT_KEY: 'a setting with values below it cannot stand here',
  DUPLICATE_KEY: 'this setting is there twice',
  MISSING_CHAR: 'a bracket, a quote or a comma is missing',
  MULTIPLE_DOCS: 'there must be one document, so no --- between settings',
  MULTILINE_IMPLICIT_KEY: 'a setting and its colon must be on one line',
  TAB_AS_INDENT: 'lines are indented by spaces, never by tabs',
  TAG_RESOLVE_FAILED: 'a value that begins with ! must be quoted',
  UNEXPECTED_TOKEN: 'something is here that does not belong',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
