import { error } from '@sveltejs/kit'
import type { App } from '../../../app.ts'
import { downloadFile, downloadRefusalText } from '#shared/files/index.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import { type Language, texts } from '#shared/texts/index.ts'

type Event = { locals: { app: App; caller: Caller; language: Language }; request: Request }

/** Hands a file out to somebody for whom it was looked up; a file that cannot be had is an error that says why. */
export async function keptFile(
  { locals: { app, caller, language }, request }: Event,
  file: string
): Promise<Response> {
  const answer = await downloadFile(app, file, {
    person: isSignedIn(caller) ? caller.person : undefined,
    copies: 'private',
    known: request.headers.get('if-none-match')
  })
  if ('refused' in answer) error(404, downloadRefusalText(answer, texts(language)))
  return answer
}
