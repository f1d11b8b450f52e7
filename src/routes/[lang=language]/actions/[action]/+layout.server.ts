import * as page from '#mount/programmes/pages/actions/known-action.server.ts'
import type { LayoutServerLoad } from './$types'

export const load = page.load satisfies LayoutServerLoad
