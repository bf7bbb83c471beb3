import { unzipSync } from 'fflate';
import { bytesOf, type Content } from '../content.ts';
import { pdfText } from './pdf/pdf-text.ts';

/** What a file of a packet says, as text: for looking for what must not stand in it. Of what it cannot read it is not silent. */
export function legible(path: string, of: Content): string {
  if (typeof of === 'string') return of;
  const content = bytesOf(of);
  if (path.endsWith('.pdf')) return pdfText(content);
  if (path.endsWith('.xlsx')) return sheetText(content);
  return content.toString();
}

function sheetText(content: Uint8Array): string {
  const parts = Object.values(unzipSync(content)).map((part) => Buffer.from(part).toString());
  return (
    parts
      .join('\n')
      // A time of day stands in a sheet as the fraction of a number, and twelve digits of it are nobody's account.
      .replaceAll(/<v>(-?\d+)\.\d+<\/v>/g, '<v>$1</v>')
      .replaceAll(/<[^>]*>/g, '\n')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
  );
}
