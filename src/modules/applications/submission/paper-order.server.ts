import type { Temporal } from 'temporal-polyfill'
import { type CallTaking, callTaking, callUnderTerms } from '#server/calls'
import { isField } from '#modules/programmes'
import { type CallToCheck, type Programmes, listActions } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { isLanguage } from '#shared/texts/language.ts'
import type { Outline } from '../application.ts'
import { draftOf, rulesFor } from '../budget/budget-at-work.server.ts'
import type { BudgetLine } from '../budget/budget-line.ts'
import { computeBudget } from '../budget/compute-budget.ts'
import { knownFacts } from '../consortium/check-draft.server.ts'
import { formUnder } from '../form-of-draft.server.ts'
import { keptForm } from '../form/kept-forms.server.ts'
import type { SealedContent } from './manifest.ts'
import { type PaperOrder, paperOf } from './paper.server.ts'
import type { ContentShown } from './reads.ts'

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

type Shown = Omit<ContentShown, 'organisations'>

/** Content as a PDF. Whoever asks was let in before. */
export async function paperOfContent(app: Holding, shown: Shown): Promise<Uint8Array> {
  return paperOf(await paperOrderOf(app, shown))
}

/** All that such a document is made of. */
export async function paperOrderOf(app: Holding, shown: Shown): Promise<PaperOrder> {
  const { content } = shown
  const { action, edition } = content
  const applied = await callUnderTerms(app, content.terms)
  const form = await formOf(app.database, applied, shown)
  const call = await callTaking(app, content.call)
  if (!form || !call) throw new Error(`${content.application} has no form, or no call.`)
  const language = isLanguage(content.language) ? content.language : 'en'
  const named = listActions(applied, edition).find((one) => one.action === action)
  return {
    ...shown,
    budget: await budgetOf(app, applied, content, call),
    form,
    call: call.title[language] || call.title.en || call.code,
    action: named?.names[language] ?? action,
    now: app.clock()
  }
}

/** What was handed in is shown in the form that it was written in; a draft in the one of today. */
async function formOf(database: Database, applied: CallToCheck, { content, submission }: Shown) {
  const { application: code, terms, action, edition, field, form: version } = content
  if (!isField(field)) return undefined
  const kept = submission && (await keptForm(database, { terms, action, field, version }))
  return kept ?? formUnder(applied, { code, action, edition, field })
}

/** The budget computed as on its page, of the lines and organisations of this very content. */
async function budgetOf(
  app: Holding,
  applied: CallToCheck,
  content: SealedContent,
  { closesAt, zone }: CallTaking
) {
  const outline = { ...content, code: content.application } as unknown as Outline
  const answers = new Map(
    Object.entries(content.answers).map(([path, given]) => [
      path,
      { path, version: 1, length: 0, ...(typeof given === 'string' ? { text: given } : { value: given }) }
    ])
  )
  const closesOn = closesAt.toZonedDateTimeISO(zone).toPlainDate().toString()
  const facts = await knownFacts(app.database, outline, closesOn)
  const lines = (Array.isArray(content.budget) ? content.budget : []) as unknown as BudgetLine[]
  return computeBudget(rulesFor(applied, outline, answers, facts), { ...draftOf(outline, answers), lines })
}
