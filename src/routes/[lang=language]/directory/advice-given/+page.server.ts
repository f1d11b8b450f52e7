import * as page from '#mount/directory/pages/ask/given.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
