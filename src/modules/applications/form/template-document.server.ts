import { strToU8, zipSync } from 'fflate'
import type { FormTemplate } from '#modules/programmes'
import type { Language } from '#shared/texts/language.ts'

/** What stands on the first page beside the title of the template. */
export type TemplateFor = {
  language: Language
  /** “Upes un jūra (2026-lv-viaa-3-7kq2)” */
  application: string
  /** What has to be kept to, for example the limit of pages. */
  notes: readonly string[]
}

/**
 * A document to fill in, as Word and LibreOffice open it (DOCX): title, headings with a word of advice, room to write.
 * The same template gives the same bytes.
 */
export function templateDocument(
  template: FormTemplate,
  { language, application, notes }: TemplateFor
): Uint8Array {
  const body = [
    paragraph('Title', template.title[language]),
    paragraph('Subtitle', application),
    ...notes.map((note) => paragraph('Advice', note)),
    ...template.headings.flatMap(({ title, advice }) => [
      paragraph('Heading1', title[language]),
      ...(advice ? [paragraph('Advice', advice[language])] : []),
      paragraph(undefined, '')
    ])
  ]
  const document = `${head}<w:document xmlns:w="${word}"><w:body>${body.join('')}${page}</w:body></w:document>`
  const parts = {
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relationships(['officeDocument', 'word/document.xml']),
    'word/document.xml': document,
    'word/styles.xml': styles(language),
    'word/_rels/document.xml.rels': relationships(['styles', 'styles.xml'])
  }
  const files = Object.entries(parts).map(([name, text]) => [name, strToU8(text)])
  return zipSync(Object.fromEntries(files), { mtime: epoch })
}

// ZIP knows no earlier day; a fixed one keeps the bytes the same.
const epoch = '1980-01-01T00:00:00'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const open = 'http://schemas.openxmlformats.org'
const word = `${open}/wordprocessingml/2006/main`
const office = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

const contentTypes = `${head}<Types xmlns="${open}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${office}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${office}.styles+xml"/></Types>`

function relationships([type, target]: [string, string]): string {
  const one = `<Relationship Id="r1" Type="${open}/officeDocument/2006/relationships/${type}" Target="${target}"/>`
  return `${head}<Relationships xmlns="${open}/package/2006/relationships">${one}</Relationships>`
}

function paragraph(style: string | undefined, text: string): string {
  const properties = style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''
  const run = text === '' ? '' : `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
  return `<w:p>${properties}${run}</w:p>`
}

function escaped(text: string): string {
  return text
    .replace(/[^\t\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

// A4 with margins of 2 cm, in twentieths of a point.
const page =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'

/** Sizes in half points. */
function styles(language: Language): string {
  const all = [
    style('Normal', 'Normal', '<w:spacing w:after="120"/>', '<w:sz w:val="22"/>'),
    style('Title', 'Title', '<w:spacing w:after="60"/>', '<w:b/><w:sz w:val="40"/>'),
    style('Subtitle', 'Subtitle', '<w:spacing w:after="240"/>', '<w:sz w:val="24"/>'),
    style(
      'Heading1',
      'heading 1',
      '<w:keepNext/><w:spacing w:before="360" w:after="60"/><w:outlineLvl w:val="0"/>',
      '<w:b/><w:sz w:val="28"/>'
    ),
    style(
      'Advice',
      'Advice',
      '<w:spacing w:after="120"/>',
      '<w:i/><w:color w:val="555555"/><w:sz w:val="20"/>'
    )
  ]
  const defaults = `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:lang w:val="${language === 'lv' ? 'lv-LV' : 'en-GB'}"/></w:rPr></w:rPrDefault></w:docDefaults>`
  return `${head}<w:styles xmlns:w="${word}">${defaults}${all.join('')}</w:styles>`
}

function style(id: string, name: string, paragraphs: string, characters: string): string {
  const based = id === 'Normal' ? ' w:default="1"' : ''
  return `<w:style w:type="paragraph"${based} w:styleId="${id}"><w:name w:val="${name}"/><w:pPr>${paragraphs}</w:pPr><w:rPr>${characters}</w:rPr></w:style>`
}
