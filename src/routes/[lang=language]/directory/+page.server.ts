import * as page from '#mount/directory/pages/list.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
