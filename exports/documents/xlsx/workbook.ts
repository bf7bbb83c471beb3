import { escaped } from './cell.ts';
import { sheetXml, type Sheet } from './sheet.ts';
import { stylesXml } from './styles.ts';
import { zipParts, type Part } from './zip-parts.ts';

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Sheets as the bytes of an XLSX file, while they are made: memory does not grow with the rows. The same sheets give the same bytes. */
export function workbook(
  sheets: readonly Sheet[],
  about: { title: string; asOf: string },
): Iterable<Uint8Array> {
  const names = new Set<string>();
  for (const { name } of sheets) {
    if (!/^[^[\]:*?/\\']{1,31}$/.test(name) || names.has(name.toLowerCase()))
      throw new Error(`a workbook cannot have a sheet called ${name}, or another one`);
    names.add(name.toLowerCase());
  }
  return zipParts(partsOf(sheets, about));
}

function* partsOf(sheets: readonly Sheet[], about: { title: string; asOf: string }): Iterable<Part> {
  const numbered = sheets.map((sheet, n) => ({ ...sheet, n: n + 1 }));
  const types = numbered.map(
    ({ n }) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${sheetType}.worksheet+xml"/>`,
  );
  yield part(
    '[Content_Types].xml',
    `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${types.join('')}</Types>`,
  );
  yield part(
    '_rels/.rels',
    `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
  );
  yield part(
    'docProps/core.xml',
    `<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(about.title)}</dc:title><dc:creator>Exhibit</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${about.asOf}</dcterms:created></cp:coreProperties>`,
  );
  yield part(
    'xl/workbook.xml',
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000"/></bookViews><sheets>${numbered.map(({ n, name }) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`).join('')}</sheets></workbook>`,
  );
  const related = numbered.map(
    ({ n }) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  );
  yield part(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${packages}/relationships">${related.join('')}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  );
  yield { name: 'xl/styles.xml', text: [stylesXml] };
  for (const { n, ...sheet } of numbered)
    yield { name: `xl/worksheets/sheet${n}.xml`, text: sheetXml(sheet, n === 1) };
}

function part(name: string, xml: string): Part {
  return { name, text: [head, xml] };
}
