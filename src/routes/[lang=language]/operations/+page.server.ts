import * as page from '#mount/operations/pages/overview.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
