import { loadTexts } from '#shared/texts/browser.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params }) => ({
  t: await loadTexts(params.lang, [
    'site',
    'rules',
    'calls',
    'applications',
    'applications-editor',
    'applications-submission'
  ])
})
