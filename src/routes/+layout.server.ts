import { isLanguage } from '#shared/texts/language.ts'
import { accountOf } from './account.server.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals, params }) => {
  // The parameter is read so that the texts change when somebody with script follows a link to another language.
  const language = 'lang' in params && isLanguage(params.lang) ? params.lang : locals.language
  return {
    language,
    account: await accountOf(locals.app, locals.caller, language),
    demonstration: locals.app.demonstration !== undefined
  }
}
