import type { PageLoad } from './$types'

// Texts come from the layout.
export const load: PageLoad = async ({ data, parent }) => ({ ...data, t: (await parent()).t })
