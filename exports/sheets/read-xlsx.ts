import { unzipSync } from 'fflate';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { GridMaker, largest, tooMuch, type Grid } from './grid.ts';
import { xmlEvents } from './xml.ts';

/** What the parts of a workbook may unpack to, all together, and how many there may be. */
const unpacked = { bytes: 2 ** 26, parts: 2000 } as const;

const wanted =
  /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[\w.-]+\.xml)$/;

/**
 * The texts of one sheet of a workbook, the first where none is named. Of a formula it takes the value that was kept
 * with it, as text; macros, links and what else is in there are not looked at. It refuses what is no plain workbook.
 */
export function readXlsx(bytes: Uint8Array, sheet?: string): Grid {
  const parts = partsOf(bytes);
  const path = pathOf(parts, sheet);
  const shared = parts.has('xl/sharedStrings.xml') ? sharedIn(textOf(parts, 'xl/sharedStrings.xml')) : [];
  return gridOf(textOf(parts, path), shared);
}

function partsOf(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const seen = new Set<string>();
  let size = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (seen.has(name)) throw notPlain('a part is there twice');
        if (seen.add(name).size > unpacked.parts) throw tooMuch(`${unpacked.parts} parts`);
        if (!wanted.test(name)) return false;
        // It is unpacked into just so much room: whatever claims less than it holds is cut off and refused as broken.
        size += originalSize;
        if (size > unpacked.bytes) throw tooMuch('64 MiB when it is unpacked');
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw notPlain('it is no zip, or a damaged one; an old or protected one can be saved anew as .xlsx');
  }
}

function textOf(parts: ReadonlyMap<string, Uint8Array>, path: string): string {
  const bytes = parts.get(path);
  if (!bytes) throw notPlain(`it has no ${path}`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notPlain(`${path} is not UTF-8`);
  }
}

/** Where the sheet of this name stands in the workbook. */
function pathOf(parts: ReadonlyMap<string, Uint8Array>, wantedName: string | undefined): string {
  const sheets: { readonly name: string; readonly relation: string }[] = [];
  for (const event of xmlEvents(textOf(parts, 'xl/workbook.xml')))
    if (event.type === 'open' && event.name === 'sheet') {
      const relation = [...event.attributes].find(([key]) => /(?:^|:)id$/.test(key))?.[1] ?? '';
      sheets.push({ name: event.attributes.get('name') ?? '', relation });
    }
  const found = wantedName === undefined ? sheets[0] : sheets.find(({ name }) => name === wantedName);
  if (!found)
    throw new OperatorError(
      wantedName === undefined
        ? 'the workbook has no sheet'
        : `the workbook has no sheet called ${wantedName}; name one of its ${sheets.length} in the mapping`,
    );
  for (const event of xmlEvents(textOf(parts, 'xl/_rels/workbook.xml.rels')))
    if (event.type === 'open' && event.attributes.get('Id') === found.relation) {
      if (event.attributes.get('TargetMode') === 'External') throw notPlain('its sheet is elsewhere');
      return `xl/${(event.attributes.get('Target') ?? '').replace(/^\/xl\//, '')}`;
    }
  throw notPlain('its sheet is nowhere');
}

/** Texts that cells refer to by number; readings beside them, for scripts that have those, are no text of the cell. */
function sharedIn(xml: string): string[] {
  const found: string[] = [];
  let text: string | null = null;
  let reading = 0;
  let within = false;
  for (const event of xmlEvents(xml)) {
    if (event.type === 'text') {
      if (text !== null && within && reading === 0) text += event.text;
      continue;
    }
    const { type, name } = event;
    if (name === 't') within = type === 'open';
    else if (name === 'rPh') reading += type === 'open' ? 1 : -1;
    else if (name === 'si') {
      if (type === 'open') text = '';
      else if (text !== null) {
        found.push(plain(text));
        text = null;
      }
    }
  }
  return found;
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly type: string;
  value: string;
}

function gridOf(xml: string, shared: readonly string[]): Grid {
  const maker = new GridMaker();
  let row = -1;
  let column = -1;
  let cell: Cell | null = null;
  let reading: 'v' | 't' | null = null;
  for (const event of xmlEvents(xml)) {
    if (event.type === 'text') {
      if (cell && reading) cell.value += event.text;
    } else if (event.type === 'close') {
      if (event.name === 'v' || event.name === 't') reading = null;
      if (event.name !== 'c' || !cell) continue;
      const said = textOfCell(cell, shared);
      if (said !== '') maker.take(cell.row, cell.column, said);
      cell = null;
    } else if (event.name === 'row') {
      row = placeOf(event.attributes.get('r'), row + 1);
      column = -1;
    } else if (event.name === 'c') {
      const [, letters] = /^([A-Z]{1,3})\d{1,7}$/.exec(event.attributes.get('r') ?? '') ?? [];
      column = letters === undefined ? column + 1 : columnOf(letters);
      cell = { row, column, type: event.attributes.get('t') ?? 'n', value: '' };
    } else if (event.name === 'v' || event.name === 't') reading = event.name;
  }
  return maker.grid;
}

function textOfCell({ type, value }: Cell, shared: readonly string[]): string {
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 's') return plain(value);
  const text = /^\d{1,9}$/.test(value) ? shared[Number(value)] : undefined;
  if (text === undefined) throw notPlain('a cell refers to a text that is not there');
  return text;
}

function placeOf(told: string | undefined, otherwise: number): number {
  if (told === undefined) return otherwise;
  if (!/^[1-9]\d{0,6}$/.test(told)) throw notPlain('a row has no number');
  return Number(told) - 1;
}

/** From 0: A to Z, then AA. */
function columnOf(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** What XML could not hold is written as `_x0007_` in these files. */
function plain(text: string): string {
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function notPlain(why: string): OperatorError {
  return new OperatorError(`the sheet is not read, because it is no plain workbook: ${why}`);
}

/** Whether these bytes may be a workbook of this form. */
export function isXlsx(bytes: Uint8Array): boolean {
  return bytes.length <= largest.bytes && bytes[0] === 0x50 && bytes[1] === 0x4b;
}
