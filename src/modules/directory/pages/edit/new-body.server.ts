import type { Event } from '../form-event.ts'
import { choices, save } from './body.server.ts'

/** The form to add a body. */
export async function load(event: Event) {
  return { ...(await choices(event)), body: undefined, fields: {}, earlier: [] }
}

export const actions = {
  default: async (event: Event) => {
    const form = await event.request.formData()
    return save(event, form, String(form.get('body') ?? ''))
  }
}
