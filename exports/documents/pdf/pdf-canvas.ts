import type { Box, Canvas, Element, ElementOptions } from './canvas.ts';
import { DescribedPdf, type Description } from './described.ts';
import { faceNames, settable } from './fonts.ts';
import type { Line } from './lines.ts';
import type { PageSize } from './pages.ts';
import type { Look } from './theme.ts';

type Tag = PDFKit.PDFStructureElement;

/** Draws a tagged PDF, page by page: a page is written when the next begins. */
export class PdfCanvas implements Canvas {
  readonly root: Tagged;
  readonly #doc: PDFKit.PDFDocument;
  readonly #size: PageSize;
  readonly #chunks: Uint8Array[] = [];
  #under: PDFKit.PDFOutline;
  #ink = '';

  constructor(said: Description, size: PageSize) {
    this.#size = size;
    this.#doc = new DescribedPdf(said, {
      ...{ pdfVersion: '1.7', tagged: true, lang: 'en-GB', displayTitle: true },
      // What a digest covers must not depend on the zlib that a Node was built with: the packet's zip deflates it.
      ...{ compress: false, autoFirstPage: false, fontLayoutCache: false },
      ...{ size: [size.width, size.height], margin: 0 },
      font: null as unknown as string, // none but ours: the usual one is not embedded
    });
    // pdfkit takes an opened font as it takes the bytes of one; its types know only these.
    for (const name of faceNames) this.#doc.registerFont(name, settable(name) as unknown as Buffer);
    this.#under = this.#doc.outline;
    this.root = new Tagged(this.#doc.struct('Document', { title: said.title }));
    this.#doc.addStructure(this.root.tag);
  }

  newPage(): void {
    this.#doc.addPage();
    this.#ink = '';
    this.#take();
  }

  element(type: string, parent: Element, options: ElementOptions = {}): Element {
    const tag = this.#doc.struct(type, options);
    tagOf(parent).add(tag);
    return new Tagged(tag);
  }

  say(element: Element, type: string, draw: () => void): void {
    const content = this.#doc.markStructureContent(type);
    draw();
    this.#doc.endMarkedContent();
    tagOf(element).add(content);
  }

  artifact(draw: () => void, type: 'Pagination' | 'Layout' = 'Layout'): void {
    this.#doc.markContent('Artifact', { type });
    draw();
    this.#doc.endMarkedContent();
  }

  line({ pieces }: Line, x: number, top: number, { size, leading }: Pick<Look, 'size' | 'leading'>): void {
    // Faces of one size stand on one line, whatever their own heights are.
    const baseline = top + (leading - size) / 2 + size * 0.8;
    let at = x;
    for (const piece of pieces) {
      this.#fill(piece.ink);
      this.#doc
        .font(piece.face)
        .fontSize(piece.size)
        .text(piece.text, at, baseline, {
          ...{ lineBreak: false, baseline: 'alphabetic' },
          // Named features keep pdfkit from setting word by word, which is the wrong order of words that run backwards.
          ...(piece.backwards && { features: [] }),
        });
      at += piece.width;
    }
  }

  rule({ x, y, width }: Omit<Box, 'height'>, ink: string, weight: number): void {
    this.artifact(() => {
      this.#doc
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(weight)
        .stroke(ink);
    });
  }

  band({ x, y, width, height }: Box, ink: string): void {
    this.artifact(() => {
      this.#fill(ink);
      this.#doc.rect(x, y, width, height).fill();
    });
  }

  frame({ x, y, width, height }: Box, ink: string): void {
    this.artifact(() => {
      this.#doc.rect(x, y, width, height).lineWidth(1.2).stroke(ink);
    });
  }

  bookmark(text: string, level: 2 | 3, y: number): void {
    // pdfkit counts `left` from the right edge of the page.
    const at = { left: this.#size.width, top: Math.max(0, y - 12), expanded: true };
    if (level === 2) this.#under = this.#doc.outline.addItem(text, at);
    else this.#under.addItem(text, at);
  }

  /** The file, once everything is said. */
  bytes(): Buffer {
    this.root.end();
    this.#doc.end();
    this.#take();
    return Buffer.concat(this.#chunks);
  }

  #take(): void {
    for (let chunk = this.#read(); chunk !== null; chunk = this.#read()) this.#chunks.push(chunk);
  }

  #read(): Uint8Array | null {
    return this.#doc.read() as Uint8Array | null;
  }

  #fill(ink: string): void {
    if (ink !== this.#ink) this.#doc.fillColor(ink);
    this.#ink = ink;
  }
}

/** An element that this canvas made. */
class Tagged implements Element {
  readonly tag: Tag;

  constructor(tag: Tag) {
    this.tag = tag;
  }

  end(): void {
    this.tag.end();
  }
}

function tagOf(element: Element): Tag {
  if (!(element instanceof Tagged)) throw new Error('an element is of another canvas');
  return element.tag;
}
