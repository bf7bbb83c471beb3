import { z } from 'zod';
import { CompanyControl, CompanyMatrix, Risk } from '../../controls/declared/company.ts';
import type { Declared } from '../../controls/declared/declared.ts';
import type { Policy } from '../../controls/declarations.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { readTable } from './csv-table.ts';
import type { Listing } from './declared.ts';

/** The company's own controls, its risks, and where its matrix comes from. */
export const companySettings = {
  companyControls: CompanyMatrix.omit({ controls: true })
    .extend({ file: z.string().min(1) })
    .optional(),
  risks: z.union([z.string().min(1), z.array(Risk)]).default([]),
};
type MatrixFile = NonNullable<z.output<typeof companySettings.companyControls>>;

export const matrixColumns = ['id', 'wording', 'owner', 'frequency', 'criteria', 'controls'];
const { id, wording, owner, frequency } = CompanyControl.shape;
const names = z.string().transform((text) =>
  text
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
);
const Row = z.strictObject({ id, wording, owner, frequency, criteria: names, controls: names });

/** Reads the matrix and checks the risks. Throws `OperatorError` where they name a control that there is not. */
export function readCompany(
  matrix: MatrixFile | undefined,
  risks: Listing<readonly Risk[]>,
  { under, controls }: { readonly under: (name: string) => string; readonly controls: ReadonlySet<string> },
): Pick<Declared, 'companyControls' | 'risks'> {
  for (const [n, risk] of risks.value.entries()) {
    const wrong = (field: string, what: string) => risks.yaml.error([...risks.at, n, field], what);
    const unknown = risk.controls.find((control) => !controls.has(control));
    if (unknown !== undefined) throw wrong('controls', `there is no control ${unknown}`);
    if (risks.value.findIndex((each) => each.id === risk.id) !== n)
      throw wrong('id', `there are two risks ${risk.id}`);
  }
  if (!matrix) return { companyControls: null, risks: [...risks.value] };
  const { file, ...origin } = matrix;
  const path = under(file);
  const rows = readTable(path, matrixColumns, Row, {
    what: 'the matrix of controls',
    setting: 'companyControls',
  });
  for (const [n, row] of rows.entries()) {
    const wrong = (what: string) => new OperatorError(`${path}, row ${n + 2}: ${what}`);
    if (row.controls.some((control) => !controls.has(control)))
      throw wrong('it names a control that there is not');
    if (rows.findIndex((each) => each.id === row.id) !== n) throw wrong('this id is there twice');
  }
  return { companyControls: { ...origin, controls: rows }, risks: [...risks.value] };
}

/** Every clause is about a value that the policy sets. Throws `OperatorError` where one is not. */
export function checkClauses({ yaml, at, value: { controls, clauses = {} } }: Listing<Policy>): void {
  for (const [control, parameters] of Object.entries(clauses))
    for (const parameter of Object.keys(parameters))
      if (!(parameter in (controls[control] ?? {})))
        throw yaml.error(
          [...at, 'clauses', control, parameter],
          'the policy sets no such value of this control: name a clause only for a value that is set',
        );
}
