import * as page from '#mount/programmes/pages/actions/show.server.ts'
import * as openCalls from '#mount/calls/pages/open-for-action/open-for-action.server.ts'
import type { PageServerLoad } from './$types'

export const load = (async (event) => {
  const [shown, calls] = await Promise.all([page.load(event), openCalls.load(event)])
  return { ...shown, calls }
}) satisfies PageServerLoad
