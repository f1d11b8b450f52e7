import * as page from '#mount/operations/pages/message.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
