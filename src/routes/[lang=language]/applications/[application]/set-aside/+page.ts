import type { PageLoad } from './$types'

export const load: PageLoad = async ({ data, parent }) => ({ ...data, t: (await parent()).t })
