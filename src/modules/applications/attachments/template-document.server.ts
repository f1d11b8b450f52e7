import { strToU8, zipSync } from 'fflate'
import type { FormTemplate } from '#modules/programmes'
import type { Language } from '#shared/texts/language.ts'

/** The type of the document that is made. */
export const templateType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** A document to fill in, as every word processor opens it: a title, headings, advice in grey below each. */
export function templateDocument({ title, headings }: FormTemplate, language: Language): Uint8Array {
  const body = [
    paragraph('Title', title[language]),
    ...headings.flatMap(({ title: heading, advice }) => [
      paragraph('Heading1', heading[language]),
      ...(advice ? [paragraph('Advice', advice[language])] : []),
      paragraph('Normal', '')
    ])
  ].join('')
  return zipSync({
    '[Content_Types].xml': strToU8(contentTypes),
    '_rels/.rels': strToU8(relations('officeDocument', 'word/document.xml')),
    'word/_rels/document.xml.rels': strToU8(relations('styles', 'styles.xml')),
    'word/document.xml': strToU8(
      `${head}<w:document xmlns:w="${word}"><w:body>${body}${page}</w:body></w:document>`
    ),
    'word/styles.xml': strToU8(stylesFor(language))
  })
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const documents = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

const contentTypes =
  `${head}<Types xmlns="${packages}/content-types">` +
  `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  `<Override PartName="/word/document.xml" ContentType="${documents}.document.main+xml"/>` +
  `<Override PartName="/word/styles.xml" ContentType="${documents}.styles+xml"/></Types>`

function relations(kind: string, target: string): string {
  return (
    `${head}<Relationships xmlns="${packages}/relationships">` +
    `<Relationship Id="rId1" Type="${office}/${kind}" Target="${target}"/></Relationships>`
  )
}

// A4, margins of 2 cm, in twentieths of a point.
const page =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>' + // not of a guide: A4
  '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>' // not of a guide: margins

function stylesFor(language: Language): string {
  const style = (id: string, name: string, run: string, after: number) =>
    `<w:style w:type="paragraph" w:styleId="${id}"${id === 'Normal' ? ' w:default="1"' : ''}>` +
    `<w:name w:val="${name}"/><w:pPr><w:spacing w:before="120" w:after="${after}"/></w:pPr><w:rPr>${run}</w:rPr></w:style>` // not of a guide: spacing
  const spoken = `<w:lang w:val="${language === 'lv' ? 'lv-LV' : 'en-GB'}"/>`
  return (
    `${head}<w:styles xmlns:w="${word}"><w:docDefaults><w:rPrDefault><w:rPr>` +
    `<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/>${spoken}</w:rPr></w:rPrDefault></w:docDefaults>` +
    style('Normal', 'Normal', '', 120) + // not of a guide: spacing
    style('Title', 'Title', '<w:b/><w:sz w:val="36"/>', 240) + // not of a guide: spacing
    style('Heading1', 'heading 1', '<w:b/><w:sz w:val="28"/>', 120) + // not of a guide: spacing
    style('Advice', 'Advice', '<w:i/><w:color w:val="666666"/>', 120) + // not of a guide: spacing
    '</w:styles>'
  )
}

function paragraph(style: string, text: string): string {
  const run = text === '' ? '' : `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${run}</w:p>`
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
