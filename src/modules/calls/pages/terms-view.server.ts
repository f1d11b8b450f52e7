import { type Citation, titleOf } from '#modules/programmes'
import { type Language, formatInstant, formatMoney } from '#shared/texts/index.ts'
import { deadlineInstant } from '#shared/time/local-moment.ts'
import { type CallTerms, inLanguageOf } from '../call.ts'
import { calledIn } from '../bodies.server.ts'
import { type Speech, languageName, sayAssessment, sayMoment, sayPart } from '../speech.server.ts'
import type { TermsInContext } from '../shown-call.server.ts'

/** What terms say in one language, ready for a page: the same for a published call and the preview of a draft. */
export function termsView(shown: TermsInContext, edition: number, speech: Speech) {
  const { language } = speech
  const { terms, body, guide, departure, priorities, ownRules } = shown
  return {
    title: inLanguageOf(terms.title, language),
    paragraphs: paragraphsOf(inLanguageOf(terms.text, language)),
    applicants: paragraphsOf(inLanguageOf(terms.applicants, language)),
    otherLanguages: otherTexts(terms, language),
    body: { id: body.id, name: body.names[language], short: calledIn(language, body) },
    edition,
    opens: terms.opens && sayMoment(terms.opens, language),
    deadline: terms.deadline && sayMoment(terms.deadline, language),
    departure: departure && {
      reason: terms.departure,
      guide:
        departure.of === 'hour'
          ? departure.hour
          : formatInstant(deadlineInstant(departure.guide[0]!).toString(), language)
    },
    actions: terms.actions.map(({ action, fields, round, strands }) => {
      const view = guide.find((one) => one.action === action)
      return {
        id: action,
        name: speech.action(action),
        summary: view?.summary[language] ?? '',
        fields,
        round,
        strands: strands ?? [],
        rules: (view?.rules ?? [])
          .filter(
            ({ topic, severity }) => severity === 'block' && (topic === 'who' || topic === 'composition')
          )
          .map(({ id, says, sources, confidence }) => ({
            id,
            says: says[language],
            source: shownIn(language, sources[0]),
            confidence
          })),
        awardCriteria: (view?.awardCriteria ?? []).map(({ threshold, criteria, sources, confidence }) => ({
          threshold,
          criteria: criteria.map(({ id, names, points, minimum }) => ({
            id,
            name: names[language],
            points,
            minimum
          })),
          source: shownIn(language, sources[0]),
          confidence
        }))
      }
    }),
    money: moneyOf(terms, speech),
    priorities: priorities.map(({ id, names }) => ({ id, name: names[language] })),
    ownRules: ownRules.map(({ id, says }) => ({ id, says: says[language] })),
    languages: terms.languages.map((code) => languageName(code, language)),
    assessment: sayAssessment(terms.assessment, speech),
    documents: terms.documents.map(({ title, language: of, address }) => ({
      title,
      language: of === '' ? '' : languageName(of, language),
      // A file kept here is handed out in the reader's part of the site.
      address: address.startsWith('/') ? `/${language}${address}` : address
    })),
    contact: terms.contact
  }
}

/** Everything the parts of a call's page show. */
export type TermsView = ReturnType<typeof termsView>

/** A source under the title that this language has for it. */
function shownIn(language: Language, source: Citation | undefined) {
  return source && { title: titleOf(source, language), at: source.at, url: source.url }
}

function moneyOf({ budget }: CallTerms, speech: Speech) {
  if (budget.cents === null) return undefined
  const { language } = speech
  return {
    total: formatMoney(budget.cents, language),
    splits: budget.splits.map(({ by, parts }) => ({
      by,
      parts: parts.map(({ of, cents }) => ({
        of: sayPart(by, of, speech),
        amount: formatMoney(cents, language)
      }))
    }))
  }
}

/** The languages besides the reader's in which it is written. */
function otherTexts({ title, text }: CallTerms, language: Language) {
  return Object.keys(text)
    .filter((of) => of !== language && text[of] !== '')
    .map((of) => ({
      of,
      name: languageName(of, language),
      title: title[of] ?? '',
      paragraphs: paragraphsOf(text[of]!)
    }))
}

function paragraphsOf(text: string): string[] {
  return text.split(/\n{2,}/).filter((one) => one.trim() !== '')
}
