import * as page from '#mount/programmes/pages/actions/show.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
