import * as page from '#mount/calls/pages/budget/budget.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
