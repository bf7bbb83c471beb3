import { OperatorError } from '../../evidence-model/operator-error.ts';
import type { Topic } from '../vendor/topics.ts';
import type { Grid } from './grid.ts';
import type { Mapping } from './mapping.ts';

/** Which topics a row asks for, and how that is known. */
export interface Matched {
  /** From 0. */
  readonly row: number;
  readonly topics: readonly Topic[];
  readonly by: string;
}

/** Each row that asks something. What fits no topic, or several by words alone, is for the company. */
export function matchRows(grid: Grid, mapping: Mapping, topics: readonly Topic[]): Matched[] {
  const header = grid[mapping.headerRow - 1] ?? [];
  const id = columnOf(header, mapping.id);
  const question = columnOf(header, mapping.question);
  const found: Matched[] = [];
  for (const [row, cells] of grid.entries()) {
    if (row < mapping.headerRow) continue;
    const named = [id, question].flatMap((column) => (column === null ? [] : [cells[column] ?? '']));
    const asks =
      named.length > 0 ? named.every((cell) => cell.trim() !== '') : cells.some((cell) => cell.trim() !== '');
    if (!asks) continue;
    const ids = (id === null ? cells : [cells[id] ?? '']).map((cell) => cell.trim());
    const words = question === null ? cells.join('\n') : (cells[question] ?? '');
    found.push({ row, ...topicsFor(ids, words, mapping, topics) });
  }
  return found;
}

function topicsFor(
  ids: readonly string[],
  words: string,
  { rows, keywords }: Mapping,
  topics: readonly Topic[],
): Omit<Matched, 'row'> {
  const given = topics.filter((topic) => ids.some((id) => Object.hasOwn(rows, id) && rows[id] === topic.id));
  if (given.length > 0) return { topics: given, by: 'mapped by its id' };
  const own = topics.filter((topic) => ids.includes(topic.id));
  if (own.length > 0) return { topics: own, by: 'topic id' };
  const asked = ids.filter((id) => topics.some(({ caiq }) => caiq.includes(id)));
  if (asked.length > 0)
    return {
      topics: topics.filter(({ caiq }) => caiq.some((id) => asked.includes(id))),
      by: `CAIQ id ${asked.join(', ')}`,
    };
  const held = keywords.filter((each) => each.words.some((word) => holds(words, word)));
  const meant = topics.filter(({ id }) => held.some(({ topic }) => topic === id));
  const [first, ...others] = meant;
  if (!first) return { topics: [], by: 'nothing' };
  if (others.length > 0)
    return { topics: [], by: `words of several topics: ${meant.map(({ id }) => id).join(', ')}` };
  return { topics: [first], by: 'words that the mapping names' };
}

/** Whether a text holds a word, and not merely its letters within another. */
function holds(text: string, word: string): boolean {
  const [folded, wanted] = [text.toLowerCase(), word.toLowerCase()];
  const isLetter = (character: string | undefined) =>
    character !== undefined && /[\p{L}\p{N}]/u.test(character);
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1))
    if (!isLetter(folded[at - 1]) && !isLetter(folded[at + wanted.length])) return true;
  return false;
}

function columnOf(header: readonly string[], title: string | undefined): number | null {
  if (title === undefined) return null;
  const found = header.flatMap((cell, n) =>
    cell.trim().toLowerCase() === title.trim().toLowerCase() ? [n] : [],
  );
  const [column, ...others] = found;
  if (column === undefined || others.length > 0)
    throw new OperatorError(
      `the sheet has ${found.length} columns called ${title}: name another column or another headerRow in the mapping`,
    );
  return column;
}
