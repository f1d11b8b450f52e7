import * as page from '#mount/people/pages/sign-out.server.ts'
import type { Actions } from './$types'

export const actions = page.actions satisfies Actions
