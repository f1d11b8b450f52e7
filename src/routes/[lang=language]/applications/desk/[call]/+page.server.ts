import * as page from '#mount/applications/pages/call-desk/call-desk.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
