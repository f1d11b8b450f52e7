import type { Words } from '#shared/rules/vocabulary.ts'

/** The declaration of honour of an edition: dated data (programmes/…/lifecycle.yaml, declaration-sentences). */
export type Declaration = {
  /** What a submission says it agreed to. */
  version: string
  sentences: readonly Words[]
}

/** The declaration out of its fact: each line is a sentence. */
export function declarationFrom(fact: {
  says: Words
  values?: Readonly<Record<string, unknown>>
}): Declaration {
  const [en, lv] = [fact.says.en.split('\n'), fact.says.lv.split('\n')]
  const version = fact.values?.version
  if (typeof version !== 'string' || en.length !== lv.length) {
    throw new Error('The declaration of honour has no version, or not the same sentences in both languages.')
  }
  return { version, sentences: en.map((sentence, at) => ({ en: sentence, lv: lv[at]! })) }
}
