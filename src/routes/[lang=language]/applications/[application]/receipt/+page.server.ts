import * as page from '#mount/applications/pages/receipt/receipt.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
