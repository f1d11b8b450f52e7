import { submissionTexts } from '#mount/applications/pages/submission/load-texts.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params }) => ({ t: await submissionTexts(params.lang) })
