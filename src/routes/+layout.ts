import { loadTexts } from '#shared/texts/browser.ts'
import type { LayoutLoad } from './$types'

// A page without a live part ships no script; one with a live part says csr = true itself.
export const csr = false

export const load: LayoutLoad = async ({ data }) => ({
  ...data,
  t: await loadTexts(data.language, ['site'])
})
