import * as page from '#mount/people/pages/account.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
