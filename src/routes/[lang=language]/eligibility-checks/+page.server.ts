import * as check from '#mount/programmes/pages/check/check.server.ts'
import type { Actions, PageServerLoad } from './$types'

export const load = check.load satisfies PageServerLoad
export const actions = check.actions satisfies Actions
