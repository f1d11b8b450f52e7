import { loadTexts } from '#shared/texts/browser.ts'
import type { Language } from '#shared/texts/language.ts'
import type { SubmissionTexts } from './submission-view.ts'

/** The texts of the pages about handing in. */
export function submissionTexts(language: Language): Promise<SubmissionTexts> {
  return loadTexts(language, [
    'site',
    'rules',
    'calls',
    'applications',
    'applications-editor',
    'applications-submission'
  ])
}
