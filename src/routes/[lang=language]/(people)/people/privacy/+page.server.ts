import * as page from '#mount/people/pages/privacy.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
