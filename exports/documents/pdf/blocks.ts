import type { Block, Text } from '../document.ts';
import { flow, flowLines, wordsOf } from './flow.ts';
import { linesOf } from './lines.ts';
import type { Element } from './canvas.ts';
import type { Pages } from './pages.ts';
import { setTable } from './table-block.ts';
import { gaps, inks, looks } from './theme.ts';

/** Sets one block at where the pages are. */
export function setBlock(pages: Pages, parent: Element, block: Block): void {
  switch (block.type) {
    case 'heading':
      setHeading(pages, parent, block);
      return;
    case 'paragraph':
      flow(pages, parent, 'P', block.text, looks.body);
      pages.y += gaps.paragraph;
      return;
    case 'list':
      setList(pages, parent, block.items, block.numbered === true);
      return;
    case 'facts':
      setFacts(pages, parent, block.items);
      return;
    case 'callout':
      setCallout(pages, parent, block);
      return;
    case 'table':
      setTable(pages, parent, block);
      return;
    case 'sign':
      setSign(pages, parent, block.fields);
      return;
    case 'break':
      if (!pages.isFresh) pages.next();
  }
}

function setHeading(
  pages: Pages,
  parent: Element,
  { level, text }: { readonly level: 2 | 3; readonly text: string },
): void {
  const look = level === 2 ? looks.h2 : looks.h3;
  pages.gap(level === 2 ? gaps.heading : gaps.block);
  // A heading never stands alone at the foot of a page.
  pages.ensure(look.leading + 5 * looks.body.leading);
  if (level === 2 && !pages.isFresh) {
    pages.canvas.rule({ x: pages.left, y: pages.y - 7, width: pages.width }, inks.line, 0.5);
  }
  pages.canvas.bookmark(text, level, pages.y);
  flow(pages, parent, level === 2 ? 'H2' : 'H3', text, look);
  pages.y += 4;
}

function setList(pages: Pages, parent: Element, items: readonly Text[], numbered: boolean): void {
  const look = looks.body;
  const list = pages.canvas.element('L', parent);
  const indent = numbered ? 20 : 13;
  for (const [n, item] of items.entries()) {
    const lines = linesOf(item, look, pages.width - indent);
    const label = linesOf(numbered ? `${n + 1}.` : '•', look, indent);
    pages.ensure(Math.min(lines.length, 2) * look.leading);
    const li = pages.canvas.element('LI', list);
    const lbl = pages.canvas.element('Lbl', li);
    pages.canvas.say(lbl, 'Lbl', () => {
      if (label[0]) pages.canvas.line(label[0], pages.left + 2, pages.y, look);
    });
    const body = pages.telling('LBody', li, wordsOf(item));
    flowLines(pages, body, 'LBody', lines, look, pages.left + indent);
    li.end();
    pages.y += 2;
  }
  list.end();
  pages.y += gaps.paragraph - 2;
}

/** Terms in a column of their own, what is said of each beside it. */
function setFacts(pages: Pages, parent: Element, items: readonly (readonly [string, Text])[]): void {
  const look = looks.body;
  const column = 118;
  const list = pages.canvas.element('L', parent);
  for (const [term, said] of items) {
    const terms = linesOf(term, looks.term, column - 10);
    const lines = linesOf(said, look, pages.width - column);
    pages.ensure(Math.max(terms.length, Math.min(lines.length, 2)) * look.leading);
    const li = pages.canvas.element('LI', list);
    const lbl = pages.telling('Lbl', li, term);
    const top = pages.y;
    pages.canvas.say(lbl, 'Lbl', () => {
      for (const [n, line] of terms.entries())
        pages.canvas.line(line, pages.left, top + n * looks.term.leading, looks.term);
    });
    const body = pages.telling('LBody', li, wordsOf(said));
    const page = pages.count;
    flowLines(pages, body, 'LBody', lines, look, pages.left + column);
    if (pages.count === page) pages.y = Math.max(pages.y, top + terms.length * looks.term.leading);
    li.end();
    pages.y += 2.5;
  }
  list.end();
  pages.y += gaps.paragraph - 2;
}

/** Something that must not be overlooked, set apart by a bar and a band. */
export function setCallout(
  pages: Pages,
  parent: Element,
  { title, text, tone }: Omit<Extract<Block, { type: 'callout' }>, 'type'>,
): void {
  const look = looks.body;
  const inset = 12;
  const lines = linesOf(
    [{ text: title, style: 'strong' }, ...(typeof text === 'string' ? [' ', text] : [' ', ...text])],
    look,
    pages.width - 2 * inset,
  );
  const most = Math.floor((pages.height - 16) / look.leading);
  pages.gap(2);
  pages.ensure(Math.min(lines.length, most) * look.leading + 14);
  const element = pages.telling('P', parent, `${title} ${wordsOf(text)}`);
  for (let from = 0; from < lines.length;) {
    const fit = Math.max(1, Math.floor((pages.room - 14) / look.leading));
    const part = lines.slice(from, from + fit);
    const height = part.length * look.leading + 12;
    const at = { x: pages.left, y: pages.y };
    pages.canvas.band({ ...at, width: pages.width, height }, inks.band);
    pages.canvas.band({ ...at, width: 3, height }, tone ? inks[tone] : inks.rule);
    const top = pages.y + 6;
    pages.canvas.say(element, 'P', () => {
      for (const [n, line] of part.entries())
        pages.canvas.line(line, pages.left + inset, top + n * look.leading, look);
    });
    pages.y += height;
    from += part.length;
    if (from < lines.length) pages.next();
  }
  element.end();
  pages.y += gaps.block;
}

/** Two columns of lines to write on, each with what belongs there below it. */
function setSign(pages: Pages, parent: Element, fields: readonly string[]): void {
  const between = 24;
  const width = (pages.width - between) / 2;
  const height = 42;
  for (let n = 0; n < fields.length; n += 2) {
    pages.ensure(height);
    const line = pages.y + height - 14;
    for (const [side, field] of fields.slice(n, n + 2).entries()) {
      const x = pages.left + side * (width + between);
      pages.canvas.rule({ x, y: line, width }, inks.ink, 0.7);
      const element = pages.telling('P', parent, field);
      const [label] = linesOf(field, looks.small, width);
      pages.canvas.say(element, 'P', () => {
        if (label) pages.canvas.line(label, x, line + 2, looks.small);
      });
      element.end();
    }
    pages.y += height;
  }
  pages.y += gaps.block;
}
