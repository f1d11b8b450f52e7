import { loadTexts } from '#shared/texts/browser.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ data, params }) => ({
  ...data,
  t: await loadTexts(params.lang, ['site', 'applications', 'applications-editor', 'applications-writing'])
})
