import * as page from '#mount/programmes/pages/actions/list.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
