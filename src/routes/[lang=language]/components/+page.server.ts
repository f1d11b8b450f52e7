import { fail } from '@sveltejs/kit'
import { datePartsFrom, dayFrom } from '#shared/design/date-parts.ts'
import { parseEuro } from '#shared/design/parse-euro.ts'
import { changedRows, rowChange } from '#shared/design/row-change.ts'
import type { Actions } from './$types'

/** A sample form: nothing is stored, it shows how errors come back and how what was typed stays. */
export const actions: Actions = {
  default: async ({ request }) => {
    const form = await request.formData()
    const text = (name: string) => String(form.get(name) ?? '')
    const change = rowChange(form, 'partners')
    const values = {
      organisation: text('organisation'),
      email: text('email'),
      summary: text('summary'),
      country: text('country'),
      role: text('role'),
      fields: form.getAll('fields').map(String),
      start: datePartsFrom(form, 'start'),
      grant: text('grant'),
      partners: changedRows(form.getAll('partners.name').map(String), change, '')
    }
    if (change) return { values, errors: [], sent: false }

    const errors: ('organisation' | 'country' | 'role' | 'start' | 'grant')[] = []
    if (!values.organisation.trim()) errors.push('organisation')
    if (!values.country) errors.push('country')
    if (!values.role) errors.push('role')
    if (dayFrom(values.start) === 'not-a-date') errors.push('start')
    if (parseEuro(values.grant) === 'not-money') errors.push('grant')
    return errors.length > 0 ? fail(400, { values, errors, sent: false }) : { values, errors, sent: true }
  }
}
