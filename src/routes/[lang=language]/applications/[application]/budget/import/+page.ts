import { loadTexts } from '#shared/texts/browser.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, data }) => ({
  ...data,
  t: await loadTexts(params.lang, ['site', 'applications-budget'])
})
