/** What pdfkit takes and its types do not tell. */
declare namespace PDFKit {
  namespace Mixins {
    interface StructureElementOptions {
      readonly scope?: 'Row' | 'Column';
    }
  }
  interface PDFOutline {
    addItem(
      title: string,
      options: { readonly expanded?: boolean; readonly left: number; readonly top: number },
    ): PDFOutline;
  }
}
