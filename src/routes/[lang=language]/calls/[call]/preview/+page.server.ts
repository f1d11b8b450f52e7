import * as page from '#mount/calls/pages/review/preview.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
