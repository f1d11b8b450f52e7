import { isLanguage } from '#shared/texts/language.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals, params }) => ({
  // The parameter is read so that the texts change when somebody with script follows a link to another language.
  language: 'lang' in params && isLanguage(params.lang) ? params.lang : locals.language
})
