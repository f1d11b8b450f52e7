import * as page from '#mount/applications/pages/set-aside/set-aside.server.ts'
import type { Actions, PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
export const actions = page.actions satisfies Actions
