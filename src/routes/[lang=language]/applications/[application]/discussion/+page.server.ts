import * as page from '#mount/applications/pages/discussion/discussion.server.ts'
import type { Actions, PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
export const actions = page.actions satisfies Actions
