import * as page from '#mount/applications/pages/verify/verify.server.ts'
import type { Actions } from './$types'

export const actions = page.actions satisfies Actions
