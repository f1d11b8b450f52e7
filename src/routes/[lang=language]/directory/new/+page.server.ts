import * as page from '#mount/directory/pages/edit/body.server.ts'
import type { Actions, PageServerLoad } from './$types'

export const load = page.loadNew satisfies PageServerLoad
export const actions = page.actions satisfies Actions
