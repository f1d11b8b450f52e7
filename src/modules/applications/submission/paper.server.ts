import type { Temporal } from 'temporal-polyfill'
import { type ApplicationForm, countryName } from '#modules/programmes'
import { renderPdf } from '#shared/documents/render-pdf.ts'
import {
  type Language,
  formatInstant,
  formatMoney,
  formatNumber,
  isLanguage,
  texts
} from '#shared/texts/index.ts'
import type { Budget } from '../budget/budget.ts'
import type { BudgetLine } from '../budget/budget-line.ts'
import { totalsBy } from '../budget/views.ts'
import { type CopyOutPart, copyOut } from '../form/copy-out.ts'
import type { Filled } from '../form/filled.ts'
import type { SealedContent } from './manifest.ts'
import { moment } from './moment.ts'
import type { Submission } from './submission.ts'

/** An application to be set as a document: a draft as it stands, or what was handed in. */
export type PaperOrder = {
  content: SealedContent
  form: ApplicationForm
  /** The title of the call, in the language of the application. */
  call: string
  action: string
  /** Computed; left out: there is none. */
  budget?: Budget
  /** Left out: it is a draft. */
  submission?: Submission
  /** The hash of the content, in hexadecimal. */
  hash: string
  now: Temporal.Instant
}

/** The application as a tagged PDF/A, with its hash on every page. */
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
  const { content, form, submission, hash, now } = order
  const language: Language = isLanguage(content.language) ? content.language : 'en'
  const t = texts(language)
  const when = (at: Temporal.Instant) => formatInstant(at.toString(), language)
  const coordinator = content.participants.find(({ position }) => position === 0)?.name ?? ''
  return {
    language,
    title: content.title,
    author: coordinator,
    code: content.application,
    lead: order.call,
    state: submission
      ? t('applications-submission.paper.submitted', { number: submission.number })
      : t('applications-submission.paper.draft', { at: when(now) }),
    mark: t('applications-submission.paper.hash', { hash }),
    watermark: submission ? null : t('applications-submission.paper.watermark'),
    facts: [
      { name: t('applications-submission.paper.code'), value: content.application },
      { name: t('applications-submission.paper.call'), value: content.call },
      { name: t('applications-submission.paper.action'), value: order.action },
      { name: t('applications-submission.paper.coordinator'), value: coordinator },
      ...(submission
        ? [
            {
              name: t('applications-submission.receipt.received'),
              value: moment(submission.receivedAt, language, 'Europe/Brussels')
            },
            { name: t('applications-submission.receipt.number'), value: String(submission.number) }
          ]
        : [])
    ],
    'partners-title': t('applications-submission.paper.partners'),
    'partner-head': [
      '',
      t('applications-submission.paper.name'),
      t('applications-submission.paper.country'),
      t('applications-submission.paper.role')
    ],
    partners: content.participants.map(({ position, name, country, role }) => [
      String(position + 1),
      name,
      countryName(country, language),
      t(`applications-submission.role.${role as 'coordinator'}`)
    ]),
    nothing: t('applications-submission.paper.nothing'),
    unshown: t('applications-submission.paper.unshown'),
    parts: copyOut(filledFrom(content, form), { language, t }).map((part) => partData(part, language)),
    'budget-title': t('applications-submission.paper.budget'),
    budget: budgetData(order, language),
    'budget-head': ['', t('applications-budget.sum.cost'), t('applications-budget.sum.grant')],
    totals: totalsData(order, language, t('applications-submission.paper.total')),
    'declaration-title': t('applications-submission.declaration.title'),
    declaration: content.declaration?.text ?? [],
    signed: content.declaration
      ? t('applications-submission.declaration.signed', {
          by: content.declaration.by,
          organisation: content.declaration.organisation
        })
      : ''
  }
}

/** The lines of the budget as they were planned: who, what for, what it costs and what of it is granted. */
function budgetData({ content, budget }: PaperOrder, language: Language): string[][] {
  const lines = (Array.isArray(content.budget) ? content.budget : []) as unknown as BudgetLine[]
  const names = new Map(content.participants.map(({ id, name }) => [id, name]))
  return lines.map(({ id, participant, title, category, cents }) => {
    const parts = budget?.parts.filter(({ line }) => line.id === id) ?? []
    const sum = (of: 'cost' | 'grant') => parts.reduce((all, part) => all + part[of], 0)
    return [
      `${names.get(participant) ?? ''}: ${title || category}`,
      ...(budget
        ? [formatMoney(sum('cost'), language), formatMoney(sum('grant'), language)]
        : [cents === undefined ? '' : formatMoney(cents, language), ''])
    ]
  })
}

/** By organisation, and of all. */
function totalsData({ content, budget }: PaperOrder, language: Language, all: string): string[][] {
  if (!budget || budget.parts.length === 0) return []
  const totals = new Map(totalsBy(budget, 'participant').map((total) => [total.key, total]))
  const row = (name: string, { cost, grant }: { cost: number; grant: number }) => [
    name,
    formatMoney(cost, language),
    formatMoney(grant, language)
  ]
  return [
    ...content.participants.flatMap(({ id, name }) => (totals.has(id) ? [row(name, totals.get(id)!)] : [])),
    row(all, budget)
  ]
}

function partData({ title, participant, row, answers }: CopyOutPart, language: Language) {
  return {
    title: [title, participant, row].filter((one) => one !== undefined).join(' · '),
    answers: answers.map(({ ask, text, characters, limit }) => ({
      ask,
      text,
      count:
        limit === undefined
          ? null
          : `${formatNumber(characters, language)} / ${formatNumber(limit, language)}`
    }))
  }
}

/** A form filled with content: whether something is a text or another value, its question says. */
export function filledFrom({ answers, participants }: SealedContent, form: ApplicationForm): Filled {
  return {
    form,
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
