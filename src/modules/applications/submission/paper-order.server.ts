import type { Temporal } from 'temporal-polyfill'
import { callUnderTerms } from '#server/calls'
import { isField } from '#modules/programmes'
import type { CallToCheck, Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { formUnder } from '../form-of-draft.server.ts'
import { keptForm } from '../form/kept-forms.server.ts'
import type { Figures } from './figures.ts'
import { type PaperOrder, paperOf } from './paper.server.ts'
import type { ContentShown } from './reads.ts'

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

/** Without a hash: the content names nobody, and is none that was hashed. */
type Shown = Pick<ContentShown, 'content' | 'submission'> & { figures: Figures; hash?: string }

/** Content as a PDF. Whoever asks was let in before. */
export async function paperOfContent(app: Holding, shown: Shown): Promise<Uint8Array> {
  return paperOf(await paperOrderOf(app, shown))
}

/** All that such a document is made of. */
export async function paperOrderOf(app: Holding, shown: Shown): Promise<PaperOrder> {
  const { content } = shown
  const form = await formOf(app.database, await callUnderTerms(app, content.terms), shown)
  if (!form) throw new Error(`${content.application} has no form.`)
  return { ...shown, form, now: app.clock() }
}

/** What was handed in is shown in the form that it was written in; a draft in the one of today. */
async function formOf(database: Database, applied: CallToCheck, { content, submission }: Shown) {
  const { application: code, terms, action, edition, field, form: version } = content
  if (!isField(field)) return undefined
  const kept = submission && (await keptForm(database, { terms, action, field, version }))
  return kept ?? formUnder(applied, { code, action, edition, field })
}
