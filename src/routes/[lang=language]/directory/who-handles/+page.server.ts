import * as page from '#mount/directory/pages/who-handles.server.ts'
import type { PageServerLoad } from './$types'

export const load = page.load satisfies PageServerLoad
