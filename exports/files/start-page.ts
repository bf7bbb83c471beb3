import { htmlDocument } from '../documents/html-document.ts';
import { pdf } from '../documents/pdf/render.ts';
import type { Exporter } from '../exporter.ts';
import { startOfAll } from './start-all.ts';
import { startOfInsurer } from './start-insurer.ts';

/** The page to open first, to scroll and to print: what this is, what it covers and what it does not, what to look at first, and which file has the rest. */
export const startPage: Exporter = function* (packet) {
  const document = packet.profile === 'insurer' ? startOfInsurer(packet) : startOfAll(packet);
  yield { path: '00_START_HERE.html', content: htmlDocument(document) };
  yield { path: '00_START_HERE.pdf', content: pdf(document) };
};
