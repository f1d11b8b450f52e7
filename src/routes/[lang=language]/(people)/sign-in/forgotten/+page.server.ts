import { pageThatAsksFor } from '#mount/people/pages/ask-for-link.server.ts'
import type { Actions, PageServerLoad } from './$types'

const page = pageThatAsksFor('password')
export const load = page.load satisfies PageServerLoad
export const actions = page.actions satisfies Actions
