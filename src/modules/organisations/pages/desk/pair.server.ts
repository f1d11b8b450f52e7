import { error, redirect } from '@sveltejs/kit'
import { rolesIn } from '#server/people'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { texts } from '#shared/texts/index.ts'
import { mergeOrganisations, previewMerge } from '../../actions/merge-organisations.ts'
import { tellApart } from '../../actions/tell-apart.ts'
import { organisationByCode, showOrganisation } from '../../reads.ts'
import { type Event, organisationAddress } from '../organisation-page.ts'
import { type FactKind, factKinds } from '../../record/fact.ts'
import { factWords } from '../show/fact-words.server.ts'

/** The two records that the address names, the one that would stay first. */
async function pairOf({ locals: { app, language }, url }: Event) {
  const [kept, merged] = await Promise.all(
    ['keep', 'other'].map((name) => organisationByCode(app, url.searchParams.get(name) ?? ''))
  )
  if (!kept || !merged || kept.id === merged.id) error(404, texts(language)('organisations.code.unknown'))
  return { kept, merged }
}

/** Two records side by side, and what merging them would come to. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const { kept, merged } = await pairOf(event)
  const plan = await previewMerge(app, caller, { kept: kept.id, merged: merged.id })
  if (isRefused(plan)) refuseLoad(plan, event)
  const [stays, goes] = await Promise.all([
    showOrganisation(app, caller, kept.id),
    showOrganisation(app, caller, merged.id)
  ])
  if (!stays || !goes) refuseLoad(refused('not-found'), event)
  const people = await rolesIn(app.database, { organisation: merged.id })
  const say = factWords(app.programmes, language)
  const head = ({ code, name, level }: typeof stays) => ({ code, name, level })
  const saying = (view: typeof stays, kind: FactKind) =>
    view.facts.filter((fact) => fact.kind === kind).map(({ value }) => say(kind, value))
  const kinds = (Object.keys(factKinds) as FactKind[]).filter((kind) =>
    [stays, goes].some(({ facts }) => facts.some((fact) => fact.kind === kind))
  )
  return {
    stays: head(stays),
    goes: head(goes),
    facts: kinds.map((kind) => {
      const [one, other] = [saying(stays, kind), saying(goes, kind)]
      return { kind, one, other, same: one.join('\n') === other.join('\n') }
    }),
    differences: plan.differences,
    brought: plan.facts.map(({ kind, as, value }) => ({ kind: as.kind, said: say(kind, value) })),
    people: new Set(people.map(({ person }) => person)).size
  }
}

export const actions = {
  merge: async (event: Event) => {
    const { app, caller, language } = event.locals
    const { kept, merged } = await pairOf(event)
    const form = await event.request.formData()
    const outcome = await mergeOrganisations(app, caller, {
      kept: kept.id,
      merged: merged.id,
      given: typedIn(form)
    })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, organisationAddress(language, kept.code, '/history'))
  },

  apart: async (event: Event) => {
    const { app, caller, language } = event.locals
    const { kept, merged } = await pairOf(event)
    const form = await event.request.formData()
    const outcome = await tellApart(app, caller, { one: kept.id, other: merged.id, given: typedIn(form) })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `/${language}/organisations/desk`)
  }
}
