import { loadTexts } from '#shared/texts/browser.ts'
import type { PageLoad } from './$types'

// The counter and the rows are live here, so this page ships its script.
export const csr = true

export const load: PageLoad = async ({ params }) => ({
  t: await loadTexts(params.lang, ['site', 'components'])
})
