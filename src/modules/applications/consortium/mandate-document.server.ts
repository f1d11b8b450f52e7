import { Readable } from 'node:stream'
import type { Temporal } from 'temporal-polyfill'
import { NoDocument, renderPdf } from '#shared/documents/render-pdf.ts'
import { type HoldingFiles, type StoredFile, storeFile } from '#shared/files/index.ts'
import { type Refused, notNow } from '#shared/forms/refused.ts'
import { formatInstant } from '#shared/texts/format.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import { type Outline, type Participant, coordinatorOf } from '../application.ts'
import { type MandateSays, type MandateText, mandateWords } from './mandate.ts'

const mostBytes = 5_000_000 // not of a guide: bytes

/** Who gives a mandate, how and when. */
export type Giving = {
  text: MandateText
  language: Language
  signatory: string
  position: string | undefined
  /** How it is known that it was them, in words. */
  proof: string
  at: Temporal.Instant
}

/** What stands in the places of a mandate's text. */
export function mandateSays(outline: Outline, partner: Pick<Participant, 'name'>): MandateSays {
  return {
    partner: partner.name,
    coordinator: coordinatorOf(outline).name,
    title: outline.title,
    application: outline.code,
    call: outline.call
  }
}

/** Makes the document of a mandate and keeps it. Nothing refers to it yet: the act that follows does. */
export async function keepMandateDocument(
  app: HoldingFiles,
  outline: Outline,
  partner: Participant,
  { text, language, signatory, position, proof, at }: Giving
): Promise<StoredFile | Refused> {
  const t = texts(language)
  const words = mandateWords(text, language, mandateSays(outline, partner))
  const data = {
    ...words,
    language,
    partner: partner.name,
    footer: `${outline.code} · ${text.id}`,
    'given-title': t('applications-consortium.document.given'),
    given: [
      { name: t('applications-consortium.document.partner'), value: partner.name },
      {
        name: t('applications-consortium.document.signatory'),
        value: [signatory, position].filter(Boolean).join(', ')
      },
      { name: t('applications-consortium.document.when'), value: formatInstant(at.toString(), language) },
      { name: t('applications-consortium.document.how'), value: proof }
    ],
    note: t('applications-consortium.document.note')
  }
  const template = 'src/modules/applications/consortium/mandate.typ'
  let pdf: Uint8Array
  try {
    pdf = await renderPdf({ template, data, at: Math.floor(at.epochMilliseconds / 1000) })
  } catch (error) {
    if (error instanceof NoDocument) return notNow('applications-consortium.problem.busy')
    throw error
  }
  const stored = await storeFile(app, {
    content: Readable.from([pdf]),
    name: `${words.title} ${outline.code}.pdf`,
    accepts: ['pdf'],
    mostBytes,
    purpose: 'applications.mandate',
    uploadedBy: undefined
  })
  if ('refused' in stored) throw new Error(`A mandate could not be kept: ${stored.refused}`)
  return stored.file
}
