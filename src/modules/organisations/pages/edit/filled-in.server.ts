import type { Typed } from '#shared/forms/read-form.ts'
import { type Said, shownOf } from '../../record/entry.ts'
import type { Contact } from '../../record/contact.ts'
import type { Fact, FactKind } from '../../record/fact.ts'
import type { Section } from '../../record/sections.ts'
import { typedRows } from './rows.ts'

/** A step's form as the record has it now. */
export function filledIn(section: Section, facts: readonly Fact[]): Typed {
  const all = (kind: FactKind): Said[] => shownOf(facts, kind)
  const one = (kind: FactKind, detail?: string) =>
    all(kind).find((said) => detail === undefined || said.detail === detail)?.value ?? ''
  const values = (kind: FactKind) => all(kind).map(({ value }) => value)
  switch (section) {
    case 'names':
      return {
        legalName: one('legal-name'),
        latinName: one('latin-name'),
        shortName: one('name', ''),
        ...typedRows(
          'names',
          all('name')
            .filter(({ detail }) => detail !== '')
            .map(({ detail, value }) => ({ language: detail, name: value }))
        )
      }
    case 'place':
      return {
        country: one('country'),
        region: one('region'),
        city: one('city'),
        street: one('street'),
        postcode: one('postcode'),
        website: one('website')
      }
    case 'type':
      return {
        type: one('type'),
        typeCode: one('type-code'),
        size: one('size'),
        ownership: one('ownership'),
        nonProfit: one('non-profit')
      }
    case 'identifiers':
      return {
        oid: one('oid'),
        pic: one('pic'),
        erasmusCode: one('erasmus-code'),
        registerNumber: one('register-number'),
        schac: one('schac'),
        domains: values('domain').join('\n')
      }
    case 'interests':
      return {
        fields: values('field'),
        topics: values('topic'),
        languages: values('language'),
        descriptionLv: one('description', 'lv'),
        descriptionEn: one('description', 'en')
      }
  }
}

/** The form of contacts as they are now. */
export function filledInContacts(contacts: readonly Contact[]): Typed {
  return typedRows(
    'contacts',
    contacts.map(({ shown, ...contact }) => ({ ...contact, shown: shown ? 'on' : '' }))
  )
}
