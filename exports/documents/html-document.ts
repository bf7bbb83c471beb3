import { html, type Raw } from '../html.ts';
import { disclaimer, type Block, type Document, type Span, type Text } from './document.ts';
import { style } from './style.ts';

/** A document as one page that needs nothing but itself: no script, nothing from outside. It says what the PDF says. */
export function htmlDocument({ title, lead, packet, asOf, period, standing, blocks }: Document): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}: ${lead}</title>
        <style>
          ${{ raw: style }}
        </style>
      </head>
      <body>
        <header>
          ${standing.map(({ mark, text }) => html`<p class="draft"><strong>${mark}</strong> — ${text}</p> `)}
          <h1>${title}</h1>
          <p class="lead">${lead}</p>
        </header>
        <main>${blocks.map(blockOf)}</main>
        <footer>
          <p>
            ${disclaimer}. Packet ${packet.slice(0, 16)}${period === undefined ? '' : `, ${period}`}, as of
            ${asOf}.
          </p>
        </footer>
      </body>
    </html> `.raw;
}

function blockOf(block: Block): Raw {
  switch (block.type) {
    case 'heading':
      return block.level === 2
        ? html`<h2 id="${anchorOf(block.text)}">${block.text}</h2>`
        : html`<h3>${block.text}</h3>`;
    case 'paragraph':
      return html`<p>${textOf(block.text)}</p>`;
    case 'list': {
      const items = block.items.map((item) => html`<li>${textOf(item)}</li> `);
      return block.numbered === true
        ? html`<ol>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`;
    }
    case 'facts':
      return html`<dl class="facts">
        ${block.items.map(
          ([term, said]) =>
            html`<div>
              <dt>${term}</dt>
              <dd>${textOf(said)}</dd>
            </div> `,
        )}
      </dl>`;
    case 'callout':
      return html`<p class="callout ${block.tone ?? ''}">
        <strong>${block.title}</strong> ${textOf(block.text)}
      </p>`;
    case 'table':
      return tableOf(block);
    case 'sign':
      return html`<ul>
        ${block.fields.map((field) => html`<li>${field}: ________________</li>`)}
      </ul>`;
    case 'break':
      return html``;
  }
}

/** What a heading of level 2 is found by. */
const anchorOf = (heading: string) => heading.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

function tableOf({ columns, rows, more }: Extract<Block, { type: 'table' }>): Raw {
  const numbers = columns.map(({ align }) => ({ raw: align === 'right' ? ' class="n"' : '' }));
  const note = more === undefined ? html`` : html`<p class="note">${more}</p>`;
  const cell = (text: Text, n: number) =>
    columns[n]?.heads === true
      ? html`<th scope="row" ${numbers[n] ?? html``}>${textOf(text)}</th>`
      : html`<td${numbers[n] ?? html``}>${textOf(text)}</td>`;
  const body = Array.from(
    rows(),
    (row) =>
      html`<tr>
        ${row.map(cell)}
      </tr> `,
  );
  return html`${note}
    <div class="table" role="region" aria-label="Table" tabindex="0">
      <table>
        <thead>
          <tr>
            ${columns.map(({ title }, n) => html`<th scope="col" ${numbers[n] ?? html``}>${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${body}
        </tbody>
      </table>
    </div>
    ${body.length === 0 ? html`<p>There are none.</p>` : note}`;
}

function textOf(text: Text): readonly Raw[] {
  return typeof text === 'string' ? [lines(text)] : text.map(spanOf);
}

function spanOf(span: string | Span): Raw {
  if (typeof span === 'string') return lines(span);
  if (span.style === 'code') return html`<code>${span.text}</code>`;
  if (span.style === 'file') return html`<a href="${span.text}"><code>${span.text}</code></a>`;
  if (span.style === 'section') return html`<a href="#${anchorOf(span.text)}">${span.text}</a>`;
  if (span.style === 'strong') return html`<strong>${span.text}</strong>`;
  if (span.style === 'soft') return html`<span class="soft">${lines(span.text)}</span>`;
  return html`<span class="chip ${span.style}">${span.text}</span>`;
}

function lines(text: string): Raw {
  return html`${text.split('\n').map((line, n) => (n === 0 ? html`${line}` : html`<br />${line}`))}`;
}
