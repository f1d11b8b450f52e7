import { loadTexts } from '#shared/texts/browser.ts'
import type { PageLoad } from './$types'

// Texts come from the layout, which the page for an action that does not exist needs too.
export const load: PageLoad = async ({ data, params, parent }) => ({
  ...data,
  t: (await parent()).t,
  callTexts: await loadTexts(params.lang, ['calls'])
})
