import type { Temporal } from 'temporal-polyfill'
import { type ApplicationForm, countryName } from '#modules/programmes'
import { renderPdf } from '#shared/documents/render-pdf.ts'
import { type Language, formatInstant, isLanguage, texts } from '#shared/texts/index.ts'
import type { Filled } from '../form/filled.ts'
import type { Figures } from './figures.ts'
import type { SealedContent } from './manifest.ts'
import { errorOfClock, moment } from './moment.ts'
import { budgetSummary, workPackages } from './paper-budget.ts'
import { budgetLines, rulesCited } from './paper-lines.ts'
import { keyOfParticipant, paperSections } from './paper-parts.ts'
import type { Submission } from './submission.ts'

/** An application to be set as a document: a draft as it stands, or what was handed in. */
export type PaperOrder = {
  content: SealedContent
  form: ApplicationForm
  figures: Figures
  /** Left out: it is a draft. */
  submission?: Submission
  /** The hash of the content, in hexadecimal; left out: the content stands here without who it is about. */
  hash?: string
  now: Temporal.Instant
}

/** The application as a tagged PDF/A. */
export function paperOf(order: PaperOrder): Promise<Uint8Array> {
  return renderPdf({
    template: 'src/modules/applications/submission/application.typ',
    data: paperData(order),
    // The moment that stands in it is the one at which it was received.
    at: Math.floor((order.submission?.receivedAt ?? order.now).epochMilliseconds / 1000), // not of a guide: seconds
    standard: 'a-2a'
  })
}

/** Everything that the document says, in words. */
export function paperData(order: PaperOrder) {
  const { content, form, figures, hash } = order
  const language: Language = isLanguage(content.language) ? content.language : 'en'
  const t = texts(language)
  const filled = filledFrom(content, form)
  const of = { content, figures, filled, language }
  const coordinator = content.participants.find(({ position }) => position === 0)?.name ?? ''
  return {
    language,
    title: content.title,
    // A document that names nobody has no author.
    author: hash === undefined ? null : coordinator,
    lead: figures.call[language],
    running: runningHead(order, language),
    watermark: order.submission ? null : t('applications-submission.paper.watermark'),
    facts: [
      { name: t('applications-submission.paper.code'), value: content.application },
      { name: t('applications-submission.paper.call'), value: content.call },
      { name: t('applications-submission.paper.action'), value: figures.action[language] },
      { name: t('applications-submission.paper.coordinator'), value: coordinator }
    ],
    receipt: receiptFacts(order, language),
    hash: hash ?? null,
    notes: order.hash === undefined ? [t('applications-submission.paper.anonymous-note')] : [],
    partners: content.participants.map(({ id, position, name, country, role }) => ({
      ...{ number: String(position + 1), name, country: countryName(country, language) },
      ...{ role: t(`applications-submission.role.${role as 'coordinator'}`), key: keyOfParticipant(id) }
    })),
    packages: workPackages(of),
    summary: budgetSummary(of),
    sections: paperSections(filled, { language, t }),
    lines: budgetLines(of),
    rules: rulesCited(of),
    declaration: content.declaration?.text ?? [],
    signed: content.declaration
      ? t('applications-submission.declaration.signed', {
          by: content.declaration.by,
          organisation: content.declaration.organisation
        })
      : '',
    words: wordsOf(order, language)
  }
}

/** What stands over every page: what it is, and by which signs of its content it belongs to the others. */
function runningHead({ content, submission, hash, now }: PaperOrder, language: Language) {
  const t = texts(language)
  const state = submission
    ? t('applications-submission.paper.submitted', { number: submission.number })
    : t('applications-submission.paper.draft', { at: formatInstant(now.toString(), language) })
  return {
    left: `${content.application} · ${state}`,
    right:
      hash === undefined
        ? t('applications-submission.paper.anonymous')
        : `SHA-256 ${hash.slice(0, 8)} ${hash.slice(8, 16)} …`,
    title: content.title
  }
}

/** When it was received, exactly, and on record; nothing of a draft, nor for who may not know whose it is. */
function receiptFacts({ submission, hash }: PaperOrder, language: Language) {
  if (!submission || hash === undefined) return []
  const t = texts(language)
  const { number, receivedAt, acceptedAt, clockError } = submission
  return [
    { name: t('applications-submission.receipt.number'), value: String(number) },
    {
      name: t('applications-submission.receipt.received'),
      value: moment(receivedAt, language, 'Europe/Brussels')
    },
    { name: t('applications-submission.receipt.utc'), value: moment(receivedAt, language, 'UTC') },
    { name: t('applications-submission.receipt.error'), value: errorOfClock(clockError, language) },
    {
      name: t('applications-submission.receipt.accepted'),
      value: moment(acceptedAt, language, 'Europe/Brussels')
    }
  ]
}

/** What the document calls its own parts. */
function wordsOf({ submission }: PaperOrder, language: Language) {
  const t = texts(language)
  return {
    contents: t('applications-submission.paper.contents'),
    receipt: t('applications-submission.receipt.title'),
    hash: t('applications-submission.receipt.hash'),
    partners: t('applications-submission.paper.partners'),
    name: t('applications-submission.paper.name'),
    country: t('applications-submission.paper.country'),
    role: t('applications-submission.paper.role'),
    page: t('applications-submission.paper.page'),
    packages: t('applications-submission.paper.packages'),
    package: t('applications-submission.paper.package'),
    lead: t('applications-submission.paper.lead'),
    months: t('applications-submission.paper.months'),
    budget: t('applications-submission.paper.budget'),
    'figures-note': t(`applications-submission.paper.figures-note.${submission ? 'submitted' : 'draft'}`),
    'hash-note': t('applications-submission.paper.hash-note'),
    cost: t('applications-budget.sum.cost'),
    grant: t('applications-budget.sum.grant'),
    share: t('applications-submission.paper.share'),
    lines: t('applications-submission.paper.lines'),
    rules: t('applications-submission.paper.rules'),
    declaration: t('applications-submission.declaration.title'),
    nothing: t('applications-submission.paper.nothing'),
    unshown: t('applications-submission.paper.unshown')
  }
}

/** A form filled with content: whether something is a text or another value, its question says. */
export function filledFrom(
  { answers, language, participants }: SealedContent,
  form: ApplicationForm
): Filled {
  return {
    ...{ form, language },
    participants: participants as Filled['participants'],
    answers: new Map(
      Object.entries(answers).map(([path, given]) => [
        path,
        typeof given === 'string'
          ? { text: given, value: given, length: given.length }
          : { value: given, length: 0 }
      ])
    )
  }
}
