import { error } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { downloadFile, downloadRefusalText } from '#shared/files/index.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import { mayReadDocument } from '../../reads.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { file: string }
  request: Request
}

/** A document of a call, to save: of a published one for everybody, of a draft for officers of its body. */
export async function document({ locals, params, request }: Event): Promise<Response> {
  const { app, caller, language } = locals
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(params.file)) error(404)
  const readable = await mayReadDocument(app, caller, params.file)
  if (readable === 'no') error(404)
  const answer = await downloadFile(app, params.file, {
    person: isSignedIn(caller) ? caller.person : undefined,
    copies: readable === 'everybody' ? 'public' : 'private',
    known: request.headers.get('if-none-match')
  })
  if ('refused' in answer) error(404, downloadRefusalText(answer, texts(language)))
  return answer
}
