import type { Programmes } from '#server/programmes'
import type { Contact } from './body.ts'
import { citationsOf } from './citations.server.ts'
import type { MandateOnRecord } from './mandate.ts'
import type { BodyShown } from './reads.ts'
import type { HandlingInDetail } from './who-handles.server.ts'

/** A body as machines are told of it. */
export function bodyJson(programmes: Programmes, { body, units, mandates }: Omit<BodyShown, 'supervisor'>) {
  const { revision: _revision, edited: _edited, contacts, sources, formerNames, ...said } = body
  const cited = (contact: Contact) => ({ ...contact, sources: citationsOf(programmes, contact.sources) })
  return {
    ...said,
    formerNames: formerNames.map((one) => ({ ...one, sources: citationsOf(programmes, one.sources) })),
    contacts: contacts.map(cited),
    units: units
      .filter(({ endedOn }) => endedOn === null)
      .map(({ id, names, contacts }) => ({ id, names, contacts: contacts.map(cited) })),
    mandates: mandates.map((mandate) => mandateJson(programmes, mandate)),
    sources: citationsOf(programmes, sources)
  }
}

export function mandateJson(programmes: Programmes, mandate: MandateOnRecord) {
  const { id, unit, purpose, countries, fields, actions, from, until, note, sources, checked } = mandate
  return {
    id,
    unit,
    purpose,
    countries,
    fields,
    actions,
    from: from?.toString() ?? null,
    until: until?.toString() ?? null,
    note,
    sources: citationsOf(programmes, sources),
    checked
  }
}

export function handlingJson(programmes: Programmes, { handlers, ...line }: HandlingInDetail) {
  return {
    ...line,
    handlers: handlers.map(({ mandate, ...handler }) => ({
      ...handler,
      mandate: mandateJson(programmes, mandate)
    }))
  }
}
