import { pageOfLink } from '#mount/people/pages/address-link.server.ts'
import type { Actions, PageServerLoad } from './$types'

const page = pageOfLink('new-address')
export const load = page.load satisfies PageServerLoad
export const actions = page.actions satisfies Actions
