import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { LineCounter, isMap, isNode, isScalar, parseDocument, visit, type Document } from 'yaml';
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
    this.value = document.toJS();
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
    if (broken) {
      const { line } = lines.linePos(broken.pos[0]);
      throw new OperatorError(
        `${basename(path)} line ${line}: this is not YAML: ${sentence(broken.message)}`,
      );
    }
    visit(document, {
      Scalar(_, { value, range }) {
        if (typeof value !== 'string' || !looksSecret(value)) return;
        const { line } = lines.linePos(range?.[0] ?? 0);
        throw new OperatorError(
          `${basename(path)} line ${line}: this looks like a secret; keep it elsewhere and write { env: NAME } or { file: path } in its place`,
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
    const issues = parsed.error.issues.toSorted(
      (a, b) => Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys'),
    );
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

function dotted(path: Path): string {
  return path
    .map((step, n) => (typeof step === 'number' ? `[${step}]` : `${n === 0 ? '' : '.'}${String(step)}`))
    .join('');
}

function sentence(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
