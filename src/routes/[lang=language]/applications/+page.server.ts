import * as page from '#mount/applications/pages/list/list.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
