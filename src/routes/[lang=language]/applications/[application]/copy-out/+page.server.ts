import * as page from '#mount/applications/pages/copy-out/copy-out.server.ts'
import type { Actions, PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
export const actions = page.actions satisfies Actions
