import { isFormula } from '../../csv.ts';
import { longestCell } from '../survey.ts';
import { textOf, type Cell } from '../table.ts';
import { style } from './styles.ts';

/** A cell with its type, so that it sorts and filters as what it is. `place` is its reference, such as `B7`. */
export function cellXml(place: string, cell: Cell, type: string, wrapped = false): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'number' && isExact(cell)) return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'string' && type === 'date-time') {
    const at = serialOf(cell);
    if (at) return `<c r="${place}" s="${at.day ? style.day : style.time}"><v>${at.serial}</v></c>`;
  }
  const text = textOf(cell);
  const kind = isFormula(text) ? style.quoted : wrapped ? style.wrapped : style.plain;
  return textCell(place, text, kind);
}

/** A text is never a formula here: it has a type of its own, which also stays when somebody edits it. */
export function textCell(place: string, text: string, kind: number): string {
  const styled = kind === style.plain ? '' : ` s="${kind}"`;
  const space = /^\s|\s$|\s\s|[\t\n]/.test(text) ? ' xml:space="preserve"' : '';
  return `<c r="${place}"${styled} t="inlineStr"><is><t${space}>${escaped(fitting(text))}</t></is></c>`;
}

/** Text between tags. What XML cannot hold is written as the format says: `_x0007_`. */
export function escaped(text: string): string {
  if (!/[^ !#-%'-;=?-^`-~]/.test(text)) return text;
  return text
    .toWellFormed()
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, (character) => {
      const code = character.charCodeAt(0).toString(16).toUpperCase();
      return `_x${code.padStart(4, '0')}_`;
    })
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const cut = ' … (cut here: a spreadsheet holds no more)';

function fitting(text: string): string {
  return text.length <= longestCell ? text : `${text.slice(0, longestCell - cut.length)}${cut}`;
}

/** Spreadsheets keep fifteen digits: a longer number would become another one. */
function isExact(number: number): boolean {
  return Number.isFinite(number) && (!Number.isInteger(number) || Math.abs(number) < 1e15);
}

/** Days since the end of 1899, as spreadsheets count; in UTC, and only of what is a day or a moment in UTC and after the leap day of 1900 that never was. */
function serialOf(text: string): { readonly serial: number; readonly day: boolean } | null {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!day && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/.test(text)) return null;
  const serial = Date.parse(text) / 86_400_000 + 25_569;
  return serial >= 61 ? { serial, day } : null;
}
