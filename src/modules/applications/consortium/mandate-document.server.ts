import { Readable } from 'node:stream'
import { Temporal } from 'temporal-polyfill'
import { NoDocument, renderPdf } from '#shared/documents/render-pdf.ts'
import { type HoldingFiles, type StoredFile, storeFile } from '#shared/files/index.ts'
import { type Refused, isRefused, notNow } from '#shared/forms/refused.ts'
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
  giving: Giving
): Promise<StoredFile | Refused> {
  const { text, language, signatory, position, proof, at } = giving
  const t = texts(language)
  const pdf = await typeset(outline, partner, { text, language, at }, [
    [t('applications-consortium.document.signatory'), [signatory, position].filter(Boolean).join(', ')],
    [t('applications-consortium.document.when'), formatInstant(at.toString(), language)],
    [t('applications-consortium.document.how'), proof]
  ])
  if (isRefused(pdf)) return pdf
  const stored = await storeFile(app, {
    content: Readable.from([pdf]),
    name: `${text.title[language]} ${outline.code}.pdf`,
    accepts: ['pdf'],
    mostBytes,
    purpose: 'applications.mandate',
    uploadedBy: undefined
  })
  if ('refused' in stored) throw new Error(`A mandate could not be kept: ${stored.refused}`)
  return stored.file
}

/**
 * The mandate as a document to be signed somewhere else. It is made alike each time, to the byte, so that a signed
 * one can be told from another document that somebody signed.
 */
export async function mandateToSign(
  outline: Outline,
  partner: Participant,
  { text, language }: { text: MandateText; language: Language }
): Promise<Uint8Array | Refused> {
  const t = texts(language)
  const at = Temporal.Instant.from(`${text.from}T00:00:00Z`)
  return typeset(outline, partner, { text, language, at }, [
    [t('applications-consortium.document.signatory'), ''],
    [t('applications-consortium.document.when'), t('applications-consortium.document.as-signed')]
  ])
}

async function typeset(
  outline: Outline,
  partner: Participant,
  { text, language, at }: Pick<Giving, 'text' | 'language' | 'at'>,
  given: readonly (readonly [name: string, value: string])[]
): Promise<Uint8Array | Refused> {
  const t = texts(language)
  const data = {
    ...mandateWords(text, language, mandateSays(outline, partner)),
    language,
    partner: partner.name,
    footer: `${outline.code} · ${text.id}`,
    'given-title': t('applications-consortium.document.given'),
    given: [[t('applications-consortium.document.partner'), partner.name], ...given].map(([name, value]) => ({
      name,
      value
    })),
    note: t('applications-consortium.document.note'),
    unshown: t('applications-consortium.document.unshown')
  }
  const template = 'src/modules/applications/consortium/mandate.typ'
  try {
    // Kept for years, and signed: an archive has to be able to show it.
    return await renderPdf({
      template,
      data,
      at: Math.floor(at.epochMilliseconds / 1000), // not of a guide: seconds
      standard: 'a-2a'
    })
  } catch (error) {
    if (error instanceof NoDocument) return notNow('applications-consortium.problem.busy')
    throw error
  }
}
