import type { Typed } from '#shared/forms/read-form.ts'
import type { CallTerms } from '../../call.ts'
import { type FromForm, listOf, rowsOf, textOf } from './form-values.ts'

export const documentRow = ['title', 'language', 'address'] as const

/** Documents, contact and languages as a form: documents.0.title …, contact.name …, languages. */
export function papersTyped({ documents, contact, languages }: CallTerms): Typed {
  const rows = documents.flatMap((document, index) =>
    documentRow.map((name) => [`documents.${index}.${name}`, document[name]] as const)
  )
  const reached = Object.entries(contact).map(([name, value]) => [`contact.${name}`, value] as const)
  return { ...Object.fromEntries([...rows, ...reached]), languages: [...languages] }
}

export function papersFrom(typed: Typed): FromForm<Pick<CallTerms, 'documents' | 'contact' | 'languages'>> {
  const documents = Array.from({ length: rowsOf(typed, 'documents') }, (_, index) => ({
    title: textOf(typed, `documents.${index}.title`),
    language: textOf(typed, `documents.${index}.language`),
    address: textOf(typed, `documents.${index}.address`)
  }))
  const contact = (name: string) => textOf(typed, `contact.${name}`)
  return {
    change: {
      // A row in which nothing stands is none.
      documents: documents.filter(({ title, address }) => title.trim() !== '' || address.trim() !== ''),
      contact: {
        name: contact('name'),
        email: contact('email'),
        phone: contact('phone'),
        page: contact('page')
      },
      languages: listOf(typed, 'languages')
    }
  }
}
