import { controls } from '../../controls/index.ts';
import type { Result } from '../../controls/result.ts';
import type { Exporter, Packet } from '../exporter.ts';
import { html, type Raw } from '../html.ts';
import { isRead, systemName } from '../systems.ts';
import { answersSection } from './answers-section.ts';
import { style } from './style.ts';

const words: Readonly<Record<Result['status'], string>> = {
  pass: 'Pass',
  fail: 'Fail',
  excepted: 'Excepted',
  'no-data': 'No data',
  'not-applicable': 'Not applicable',
  manual: 'By hand',
};

const order = ['fail', 'no-data', 'manual', 'excepted', 'pass', 'not-applicable'] as const;
const severities = ['critical', 'high', 'medium', 'low'] as const;

const titles = {
  'soc2-type1': 'Evidence for a SOC 2 examination, as of one date',
  insurer: 'Evidence for a cyber insurance application',
  'insurer-private': 'Private twin of the evidence for a cyber insurance application',
} as const;

/** The page to open first: what this is, what it covers and what it does not, each test with its count, how to check it. */
export const startPage: Exporter = (packet) => [{ path: '00_START_HERE.html', text: page(packet).raw }];

function page(packet: Packet): Raw {
  const { judgement, profile } = packet;
  const { plan, asOf } = judgement;
  const names = profile !== 'insurer';
  // What fails comes first, and of that what weighs most.
  const results = [...judgement.results].sort(
    (a, b) =>
      order.indexOf(a.status) - order.indexOf(b.status) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  const counted = order.map((status) => ({
    status,
    count: results.filter((result) => result.status === status).length,
  }));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${plan.organization.name}: ${titles[profile]}</title>
        <style>
          ${{ raw: style }}
        </style>
      </head>
      <body>
        <header>
          <p class="draft"><strong>DRAFT</strong> — not released by a named officer of the company</p>
          ${judgement.rehearsal ? html`<p class="draft"><strong>REHEARSAL</strong> — read under a clock that was given, not the machine's</p>` : html``}
          <h1>${plan.organization.name}</h1>
          <p class="lead">${titles[profile]}</p>
          <dl class="facts">
            <div>
              <dt>As of</dt>
              <dd>${asOf.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</dd>
            </div>
            <div>
              <dt>Packet</dt>
              <dd><code>${packet.id.slice(0, 16)}</code></dd>
            </div>
            <div>
              <dt>Systems read</dt>
              <dd>${systemsOf(packet).read.join(', ') || 'none'}</dd>
            </div>
          </dl>
        </header>
        <main>
          <section aria-labelledby="tests">
            <h2 id="tests">What was tested</h2>
            <p class="strip">
              ${counted.filter(({ count }) => count > 0).map(({ status, count }) => html`<span class="chip ${status}">${count} ${words[status].toLowerCase()}</span> `)}
            </p>
            <p>
              A test passes only where every item of its population was read and holds. What could not be read
              is <em>no data</em>, never a pass. Software collected these facts; they are not an audit
              opinion.
            </p>
            <div class="table" role="region" aria-labelledby="tests" tabindex="0">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Result</th>
                    <th scope="col">Test</th>
                    <th scope="col" class="n">Pass</th>
                    <th scope="col" class="n">Fail</th>
                    <th scope="col" class="n">Excepted</th>
                    <th scope="col" class="n">No data</th>
                    <th scope="col" class="n">By hand</th>
                    <th scope="col" class="n">n/a</th>
                    <th scope="col" class="n">Of</th>
                  </tr>
                </thead>
                <tbody>
                  ${results.map((result) => row(result, names))}
                </tbody>
              </table>
            </div>
          </section>
          ${answersSection(packet)} ${notCovered(packet)} ${exceptionsSection(packet)}
          ${contentsSection(packet)}
          <section aria-labelledby="integrity">
            <h2 id="integrity">Integrity</h2>
            <p>
              <code>VERIFY.md</code> has the commands that check this packet with tools you already have:
              nothing was added, changed or left out since it was signed. Keys to check against come from the
              company by another way, never from this packet.
            </p>
            <dl class="facts wide">
              <div>
                <dt>Packet id</dt>
                <dd><code>${packet.id}</code></dd>
              </div>
              <div>
                <dt>Ledger</dt>
                <dd>
                  <code>${packet.origin}</code>, cut at ${packet.checkpoint.size} lines, last line
                  <code>${packet.checkpoint.chain}</code>
                </dd>
              </div>
              <div>
                <dt>Rules</dt>
                <dd><code>${judgement.rules}</code></dd>
              </div>
              ${
                packet.twin
                  ? html`<div>
                      <dt>Sealed to</dt>
                      <dd>
                        the full evidence that stays with the company, tag manifest
                        <code>${packet.twin.tagmanifest}</code>
                      </dd>
                    </div>`
                  : html``
              }
            </dl>
          </section>
        </main>
        <footer>
          <p>
            Facts collected by software; not an audit opinion. Packet ${packet.id.slice(0, 16)}, as of
            ${asOf}.
          </p>
        </footer>
      </body>
    </html> `;
}

function row({ control, status, population: p, because }: Result, names: boolean): Raw {
  const text = controls.find(({ id }) => id === control);
  const reasons = names ? because : because.length > 0 ? ['Not everything that is due could be read.'] : [];
  return html`<tr>
    <td><span class="chip ${status}">${words[status]}</span></td>
    <th scope="row">
      ${text?.assertion ?? control}<span class="id">${control}</span>${
        reasons.length === 0
          ? html``
          : html`<ul class="because">
              ${reasons.slice(0, 6).map((reason) => html`<li>${reason}</li>`)}${reasons.length > 6 ? html`<li>and ${reasons.length - 6} more, in data/results/results.csv</li>` : html``}
            </ul>`
      }
    </th>
    <td class="n">${p.pass}</td>
    <td class="n">${p.fail}</td>
    <td class="n">${p.excepted}</td>
    <td class="n">${p.noData}</td>
    <td class="n">${p.manual}</td>
    <td class="n">${p.notApplicable}</td>
    <td class="n">${p.total}</td>
  </tr> `;
}

/** Which kinds of system were read, and which were connected and told nothing. What was not read is not judged. */
function systemsOf({ judgement }: Packet): { readonly read: string[]; readonly unread: string[] } {
  const read = new Set(judgement.datasets.filter(isRead).map(({ source }) => source));
  const named = (told: boolean) => [
    ...new Set(
      judgement.plan.sources
        .filter(({ id }) => read.has(id) === told)
        .map(({ collector }) => systemName(collector)),
    ),
  ];
  return { read: named(true), unread: named(false) };
}

function notCovered(packet: Packet): Raw {
  const { judgement, profile } = packet;
  const systems = judgement.plan.systems.flatMap(({ state, ...system }) =>
    state === 'connected' ? [] : [{ ...system, state }],
  );
  const said = {
    absent: 'declared absent',
    'not-read': 'in scope, not read',
    'by-hand': 'in scope, evidence handed over by hand',
  } as const;
  // What the company calls a system is its own free text: an insurer's packet counts them instead.
  const items =
    profile === 'insurer'
      ? Object.entries(said).map(
          ([state, text]) =>
            html`<li>${systems.filter((each) => each.state === state).length} other systems ${text}</li>`,
        )
      : systems.map(
          ({ name, state, declaredBy, declaredOn }) =>
            html`<li>${name}: ${said[state]} (${declaredBy}, ${declaredOn})</li>`,
        );
  return html`<section aria-labelledby="not-covered">
    <h2 id="not-covered">What this does not cover</h2>
    <p>
      Only the systems named above were read. On-premises directories, firewalls, endpoints, backup appliances
      and every other system are not covered by any statement here.
    </p>
    <ul>
      ${systemsOf(packet).unread.map((vendor) => html`<li>${vendor}: a source is connected, and nothing of it could be read</li>`)}${items}
    </ul>
  </section>`;
}

function exceptionsSection({ judgement, profile }: Packet): Raw {
  const { exceptions } = judgement.plan;
  if (exceptions.length === 0) return html``;
  if (profile === 'insurer')
    return html`<section aria-labelledby="exceptions">
      <h2 id="exceptions">Exceptions</h2>
      <p>
        ${exceptions.length} accepted failures are on record. An exception counts only while it is in force
        and its safeguard holds.
      </p>
    </section>`;
  return html`<section aria-labelledby="exceptions">
    <h2 id="exceptions">Exceptions</h2>
    <ul>
      ${exceptions.map(({ id, control, reason, owner, approver, start, end, safeguard }) => html`<li><code>${id}</code> to <code>${control}</code>: ${reason}. Safeguard: ${safeguard.text}. Owner ${owner}, approved by ${approver}, ${start} to ${end}.</li>`)}
    </ul>
  </section>`;
}

function contentsSection({ profile }: Packet): Raw {
  const files: readonly (readonly [string, string])[] =
    profile === 'insurer'
      ? [
          ['data/metrics.csv', 'each test with its counts'],
          [
            'data/answers.csv',
            'each question with what the evidence says of it and what the company answered',
          ],
        ]
      : [
          ['data/results/results.csv', 'each test with its counts and reasons'],
          [
            'data/results/verdicts.csv',
            'every item of every population with its verdict, reason and evidence',
          ],
          ['data/populations/', 'what was read, a table for each kind of thing, with how it was extracted'],
          ['data/coverage.csv', 'each dataset on each night that was due'],
          ['data/answers/', 'each question of insurers, auditors and customers with its drafted answer'],
          ['data/frameworks/', 'requirements of each framework with the tests that bear on them'],
          [
            'data/company/',
            'the company’s own controls, policy values, risks and statements beside the tests',
          ],
          ['data/scope/', 'whose the sources are, and what the vendors leave to the company'],
          ['data/plan.json', 'what was due, the thresholds, exceptions and declared systems'],
          ['data/runs/', 'manifests of every reading'],
          ['data/evidence/', 'the answers of the sources, byte for byte, and the snapshots made of them'],
        ];
  return html`<section aria-labelledby="contents">
    <h2 id="contents">What is in this packet</h2>
    <dl class="facts wide">
      ${files.map(
        ([path, about]) =>
          html`<div>
            <dt><code>${path}</code></dt>
            <dd>${about}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}
