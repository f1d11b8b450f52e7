import { spoken } from '#shared/forms/page-answer.ts'
import { type CallBody, bodyIn } from './bodies.server.ts'
import { cardOf } from './card.ts'
import type { ListedCall } from './catalogue.ts'
import type { CallAtDesk } from './desk-view.server.ts'
import type { CallShown } from './shown-call.server.ts'

/** A call in a list, for machines. */
export function summaryJson(call: ListedCall, bodies: ReadonlyMap<string, CallBody>) {
  const { code, kind, body, edition, state, card, opensAt, closesAt, corrigenda, publishedAt, changedAt } =
    call
  const { names, country } = bodyIn(bodies, body)
  return {
    code,
    kind,
    body,
    bodyName: names,
    country: country ?? null,
    edition,
    state,
    title: card.title,
    actions: card.actions,
    fields: card.fields,
    opensAt: opensAt.toString(),
    closesAt: closesAt.toString(),
    zone: 'Europe/Brussels' as const,
    budgetCents: card.cents,
    corrigenda,
    publishedAt: publishedAt.toString(),
    changedAt: changedAt.toString(),
    page: `/lv/calls/${code}`
  }
}

/** A call, whole, for machines. */
export function callJson(shown: CallShown) {
  const { id, code, kind, body, edition, state, opensAt, closesAt, publishedAt, changedAt } = shown
  const { terms, corrigenda, drafts } = shown
  const listed: ListedCall = {
    ...{ id, code, kind, edition, state, opensAt, closesAt, publishedAt, changedAt },
    body: body.id,
    country: body.country,
    bodyWords: '',
    card: cardOf(terms, []),
    corrigenda: corrigenda.length
  }
  return {
    ...summaryJson(listed, new Map([[body.id, body]])),
    terms,
    corrigendaPublished: corrigenda.map((one) => ({ ...one, publishedAt: one.publishedAt.toString() })),
    drafts
  }
}

/** The desk of a call, for machines. */
export function deskJson({ call, state, what }: CallAtDesk) {
  const en = spoken(what.problems, 'en')
  const lv = spoken(what.problems, 'lv')
  return {
    code: call.code,
    state,
    revision: call.revision,
    publishedRevision: call.publishedRevision,
    terms: what.terms,
    problems: en.map(({ field, message }, at) => ({
      path: field,
      message: { en: message, lv: lv[at]!.message }
    })),
    corrigendum: what.corrigendum
      ? { reason: what.corrigendum.reason, sent: what.corrigendum.sentAt !== null }
      : null
  }
}
