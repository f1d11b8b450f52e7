import * as page from '#mount/people/pages/data.server.ts'
import type { Actions, PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
export const actions = page.actions satisfies Actions
