import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** The bytes of a font of the package `dejavu-fonts-ttf`. */
export function fontFile(file: string): Buffer {
  return readFileSync(resolve(`dejavu-fonts-ttf/ttf/${file}`));
}
