import type { Body, Contact, Unit } from './body.ts'
import type { MandateOnRecord } from './mandate.ts'

/** What stands in a form that edits something: by the name of the field. */
export type Fields = Record<string, string | string[]>

const plainContact = (contacts: readonly Contact[], kind: Contact['kind']) =>
  contacts.find((contact) => contact.kind === kind && !contact.about)?.value ?? ''

function contactFields(contacts: readonly Contact[]): Fields {
  return {
    website: plainContact(contacts, 'website'),
    email: plainContact(contacts, 'email'),
    phone: plainContact(contacts, 'phone'),
    address: plainContact(contacts, 'address')
  }
}

/** A body as the form to edit it has it. */
export function bodyFields(body: Body): Fields {
  return {
    nameLv: body.names.lv,
    nameEn: body.names.en,
    short: body.short ?? '',
    kinds: body.kinds,
    country: body.country ?? '',
    doesLv: body.does?.lv ?? '',
    doesEn: body.does?.en ?? '',
    supervisedBy: body.supervisedBy ?? '',
    ...contactFields(body.contacts),
    checked: body.checked ?? '',
    ended: body.endedOn ?? ''
  }
}

/** A unit as the form to edit it has it. */
export function unitFields(unit: Unit): Fields {
  return {
    nameLv: unit.names.lv,
    nameEn: unit.names.en,
    ...contactFields(unit.contacts),
    ended: unit.endedOn ?? ''
  }
}

/** A mandate as the form to edit it has it. */
export function mandateFields(mandate: MandateOnRecord): Fields {
  return {
    purpose: mandate.purpose,
    unit: mandate.unit ?? '',
    countries: mandate.countries?.join(', ') ?? '',
    fields: [...(mandate.fields ?? [])],
    actions: [...(mandate.actions ?? [])],
    from: mandate.from?.toString() ?? '',
    until: mandate.until?.toString() ?? '',
    noteLv: mandate.note?.lv ?? '',
    noteEn: mandate.note?.en ?? '',
    checked: mandate.checked ?? ''
  }
}
