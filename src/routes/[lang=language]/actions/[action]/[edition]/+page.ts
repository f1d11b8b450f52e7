import type { PageLoad } from './$types'

// Texts come from the layout, which the page for an action that does not exist needs too.
export const load: PageLoad = async ({ data, parent }) => ({ ...data, t: (await parent()).t })
