import { parseArgs } from 'node:util';
import { collectors } from '../collectors/index.ts';
import { verify } from './commands/verify.ts';
import { exit, told } from './errors.ts';
import { processSurroundings } from './surroundings.ts';

/*
 * `exhibit verify` as a program of its own: what the one file starts that is handed to whoever checks packets, who has
 * Node and nothing else of Exhibit. It needs no configuration, no network and no keys.
 */
const usage = `usage: node exhibit-verify.mjs PACKET|VAULT [--trust PATH] [--against FILE] [--vault FOLDER] [--json]

  --trust    trust anchors that you had from elsewhere: the text of exhibit trust, or a folder
  --against  an earlier packet of the same vault, a checkpoint that was deposited, or the twin of a packet without evidence
  --vault    the vault that a packet was made of
  --json     print one JSON document

exit codes: 0 verified, 3 incomplete or author not established, 4 it does not hold, 2 it was called wrongly
`;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  const { stdout, stderr, directory } = processSurroundings();
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        trust: { type: 'string' },
        against: { type: 'string' },
        vault: { type: 'string' },
        json: { type: 'boolean' },
        verbose: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const { json, help, trust, against, vault } = values;
    if (help === true || positionals.length !== 1) {
      (help === true ? stdout : stderr).write(usage);
      return help === true ? exit.done : exit.operator;
    }
    const options = { ...(trust && { trust }), ...(against && { against }), ...(vault && { vault }) };
    const print = (text: string, value: unknown) => {
      stdout.write(json === true ? `${JSON.stringify(value, null, 2)}\n` : text);
    };
    const registry = () => Promise.resolve({ collectors });
    return await verify({ surroundings: { directory }, registry, print }, options, positionals[0]);
  } catch (error) {
    if (isMisuse(error)) {
      stderr.write(`${error.message}\n\n${usage}`);
      return exit.operator;
    }
    const { code, text } = told(error, argv.includes('--verbose'));
    stderr.write(`exhibit-verify: ${text}\n`);
    return code;
  }
}

function isMisuse(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
