import { type Language, formatMoment } from '#shared/texts/index.ts'
import type { Said, Talk } from '../../writing/discussion.server.ts'
import type { SaidView, TalkView } from './talk-view.ts'

/** A talk in the reader's language. */
export function talkView(talk: Talk, language: Language): TalkView {
  return {
    ...saidView(talk, language),
    path: talk.path,
    quote: talk.quote?.text,
    settled: talk.settled !== null,
    answers: talk.answers.map((answer) => saidView(answer, language))
  }
}

function saidView({ id, text, by, at }: Said, language: Language): SaidView {
  return { id, text, by: by.name, at: formatMoment(at, language) }
}
