import { setBlock, setCallout } from './blocks.ts';
import { blank, type Canvas } from './canvas.ts';
import type { Document } from '../document.ts';
import { flow } from './flow.ts';
import { setFurniture } from './furniture.ts';
import { Pages, sizeOf } from './pages.ts';
import { PdfCanvas } from './pdf-canvas.ts';
import { looks } from './theme.ts';

/** A document as a tagged PDF. The same document gives the same bytes: nothing is asked of a clock, a zone or a machine. */
export function pdf(document: Document): Buffer {
  const { title, lead, organization, asOf } = document;
  const { count } = setOn(blank, document, 0);
  const canvas = new PdfCanvas(
    { title: `${title}: ${lead}`, author: organization, at: new Date(asOf) },
    sizeOf(document),
  );
  setOn(canvas, document, count);
  return canvas.bytes();
}

function setOn(canvas: Canvas, document: Document, count: number): Pages {
  const size = sizeOf(document);
  const pages = new Pages(canvas, size, (page) => setFurniture(canvas, size, document, { page, of: count }));
  for (const { mark, text } of document.standing)
    setCallout(pages, canvas.root, { title: mark, text: `— ${text}`, tone: 'warn' });
  flow(pages, canvas.root, 'H1', document.title, looks.title);
  flow(pages, canvas.root, 'P', document.lead, looks.lead);
  pages.y += 8;
  for (const block of document.blocks) setBlock(pages, canvas.root, block);
  for (const text of shortfalls(pages)) setCallout(pages, canvas.root, { title: 'Characters', text });
  return pages;
}

/** What is shown otherwise than it is must be said, or names that differ would look alike. */
function shortfalls({ missing, marked }: Pages): string[] {
  return [
    ...(missing > 0
      ? [
          `${missing} characters of this document are in none of its fonts and are shown as \ufffd. Copied text and programs that read aloud have them as they are, and so have the tables beside it.`,
        ]
      : []),
    ...(marked > 0
      ? [
          `${marked} control characters or marks of direction stand in what is quoted here. They are shown as \ufffd and not obeyed, because they can make a line read otherwise than it is.`,
        ]
      : []),
  ];
}
