import PDFDocument from 'pdfkit';
import { escape } from '../../html.ts';
import { withoutMarks } from '../../marks.ts';

/** What a document says of itself to programs. */
export interface Description {
  readonly title: string;
  readonly author: string;
  readonly at: Date;
}

/** A PDF whose properties are also told as XML that is well-formed whatever the title is: pdfkit's own is not escaped. */
export class DescribedPdf extends PDFDocument {
  readonly #said: Description;

  constructor(said: Description, options: PDFKit.PDFDocumentOptions) {
    const [Title, Author] = [said.title, said.author].map((text) => withoutMarks(text.toWellFormed()));
    super({
      ...options,
      info: {
        ...{ Title: Title ?? '', Author: Author ?? '', Creator: 'Exhibit', Producer: 'Exhibit' },
        ...{ CreationDate: said.at, ModDate: said.at },
      },
    });
    this.#said = said;
  }

  /** In place of pdfkit's own, which is called so. */
  _addInfo(): void {
    const { title, author, at } = this.#said;
    const day = `${at.toISOString().slice(0, 19)}Z`;
    this.appendXML(`
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreateDate>${day}</xmp:CreateDate><xmp:ModifyDate>${day}</xmp:ModifyDate><xmp:CreatorTool>Exhibit</xmp:CreatorTool></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escape(title.toWellFormed())}</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>${escape(author.toWellFormed())}</rdf:li></rdf:Seq></dc:creator></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>Exhibit</pdf:Producer></rdf:Description>
`);
  }
}
