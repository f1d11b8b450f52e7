import { loadTexts } from '#shared/texts/browser.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ params }) => ({
  t: await loadTexts(params.lang, ['site', 'rules', 'applications', 'applications-consortium', 'files'])
})
