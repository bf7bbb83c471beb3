import { OperatorError } from '../../evidence-model/operator-error.ts';

/** A sheet of somebody else's: texts by row and column, where they stood. Nothing in it is obeyed. */
export type Grid = readonly (readonly string[])[];

/** More than any questionnaire has; whoever sends more wants something else. */
export const largest = { bytes: 2 ** 25, rows: 20_000, columns: 200, characters: 2 ** 24 } as const;

/** Takes cells in and refuses what is too much. */
export class GridMaker {
  readonly #rows: string[][] = [];
  #characters = 0;

  /** Both from 0. */
  take(row: number, column: number, text: string): void {
    if (row >= largest.rows) throw tooMuch(`${largest.rows} rows`);
    if (column >= largest.columns) throw tooMuch(`${largest.columns} columns`);
    this.#characters += text.length;
    if (this.#characters > largest.characters) throw tooMuch('16 million characters');
    while (this.#rows.length <= row) this.#rows.push([]);
    const cells = this.#rows[row] ?? [];
    while (cells.length < column) cells.push('');
    cells[column] = text;
  }

  get grid(): Grid {
    return this.#rows;
  }
}

export function tooMuch(what: string): OperatorError {
  return new OperatorError(`the sheet is not read, because it holds more than ${what}`);
}
