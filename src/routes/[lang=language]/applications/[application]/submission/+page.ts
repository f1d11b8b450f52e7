import { submissionTexts } from '#mount/applications/pages/submission/load-texts.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ data, params }) => ({ ...data, t: await submissionTexts(params.lang) })
