import * as page from '#mount/organisations/pages/show/show.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
